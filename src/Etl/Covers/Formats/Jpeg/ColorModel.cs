namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>What the components of a JPEG mean.</summary>
internal enum ColorModel
{
    Unknown,
    Grey,
    YCbCr,

    /// <summary>Ink, the other way round, as all programs store it.</summary>
    Cmyk,

    /// <summary>The same, with its colours as YCbCr.</summary>
    Ycck,
}
