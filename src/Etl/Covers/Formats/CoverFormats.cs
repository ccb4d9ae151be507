using PaletteEtl.Palettes;

namespace PaletteEtl.Covers.Formats;

/// <summary>The formats, recognised by a file's first bytes.</summary>
internal static class CoverFormats
{
    /// <summary>Every format, in the order of matching: AVIF before MP4 before HEIF, and SVG before
    /// HTML, because their files begin alike.</summary>
    public static CoverFormat[] All { get; } =
    [
        new JpegFormat(),
        new PngFormat(),
        new GifFormat(),
        new WebPFormat(),
        new BmpFormat(),
        new TiffFormat(),
        new AvifFormat(),
        new Mp4Format(),
        new HeifFormat(),
        new JpegXlFormat(),
        new IcoFormat(),
        new GzipFormat(),
        new SvgFormat(),
        new HtmlFormat(),
    ];

    /// <summary>A decoder of every format.</summary>
    /// <param name="options">The options of the stage.</param>
    /// <param name="needs">The needs of the quantizer.</param>
    /// <param name="clock">The clock of the deadline; null for the system's.</param>
    public static CoverDecoder CreateDecoder(DecodeOptions options, Needs needs, TimeProvider? clock = null) =>
        new(options, needs, All, clock ?? TimeProvider.System);
}
