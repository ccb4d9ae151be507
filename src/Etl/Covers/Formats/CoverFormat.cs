namespace PaletteEtl.Covers.Formats;

/// <summary>The formats that are told apart by a file's first bytes.</summary>
internal enum CoverFormat
{
    Unknown,
    Jpeg,
    Png,
    Gif,
    WebP,
    Bmp,
    Avif,
    Heif,
    Tiff,
    Html,
}
