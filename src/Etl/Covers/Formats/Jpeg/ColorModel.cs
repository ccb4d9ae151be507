namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>The colour model of a JPEG's components.</summary>
internal enum ColorModel
{
    Unknown,
    Grey,
    YCbCr,

    /// <summary>Inverted amounts of ink, which is how all programs store CMYK.</summary>
    Cmyk,

    /// <summary>Inverted CMYK with its colours as YCbCr.</summary>
    Ycck,
}
