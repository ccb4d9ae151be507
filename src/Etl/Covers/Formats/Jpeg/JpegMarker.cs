namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>The markers of a JPEG that are read (ITU T.81, table B.1). Any other leaves the picture to the codec.</summary>
internal static class JpegMarker
{
    public const byte BaselineFrame = 0xC0;
    public const byte SequentialFrame = 0xC1;
    public const byte ProgressiveFrame = 0xC2;
    public const byte HuffmanTables = 0xC4;
    public const byte FirstRestart = 0xD0;
    public const byte StartOfImage = 0xD8;
    public const byte EndOfImage = 0xD9;
    public const byte Scan = 0xDA;
    public const byte QuantizationTables = 0xDB;
    public const byte RestartInterval = 0xDD;
    public const byte FirstApplication = 0xE0;
    public const byte Jfif = 0xE0;
    public const byte IccProfile = 0xE2;
    public const byte Adobe = 0xEE;
    public const byte LastApplication = 0xEF;
    public const byte Comment = 0xFE;

    /// <summary>Restarts are numbered by so many markers, over and over.</summary>
    public const int Restarts = 8;
}
