using PaletteEtl.Covers.Formats.Jpeg;

namespace PaletteEtl.Covers.Formats;

/// <summary>JPEG, which the DC reader decodes where a quarter of the size is enough, libturbojpeg where it can, and Skia otherwise.</summary>
internal sealed class JpegFormat() : SkiaFormat("JPEG")
{
    /// <summary>Mid-grey, of blocks without data.</summary>
    public override uint? Filler => 0xFF808080;

    public override bool Matches(ReadOnlySpan<byte> data) => data is [0xFF, 0xD8, 0xFF, ..];

    /// <summary>Whether there is an end-of-image marker behind the first scan's, or before any scan. Thumbnails lie in segments
    /// before it.</summary>
    public override bool HasEnd(ReadOnlySpan<byte> data) => data.LastIndexOf<byte>([0xFF, 0xD9]) >= JpegHeader.Read(data).FirstScan;

    public override (long Width, long Height) PromisedSize(ReadOnlySpan<byte> data)
    {
        var header = JpegHeader.Read(data);
        return (header.Width, header.Height);
    }

    public override bool IsStreamed(ReadOnlySpan<byte> data) => JpegHeader.Read(data).CoefficientBytes > 0;

    public override long NeededBytes(ReadOnlySpan<byte> data, long pixels, bool acceptsPart, bool isChecked) =>
        BytesOfWhole(JpegHeader.Read(data))
        + (acceptsPart ? pixels * PixelBuffer.PixelBytes : 0)
        + (isChecked ? DcJpegReaders.CheckBytes(data.Length, pixels) : 0);

    /// <summary>Bytes that Skia takes for the rows and coefficients of a whole picture.</summary>
    public static long BytesOfWhole(JpegHeader header) =>
        header.CoefficientBytes + ((long)header.Width * SkiaCover.RowsAtOnce * 2 * PixelBuffer.PixelBytes);

    public override string? FindDamage(ReadOnlySpan<byte> data, bool hasEnd, bool isChecked) =>
        !hasEnd ? "it has no end-of-image marker"
        : isChecked ? DcJpegReaders.FindDamage(data)
        : null;

    public override OpenedCover Open(Cover cover, in DecodeContext context) =>
        DcJpegCover.TryOpen(cover, this, context)
        ?? TurboJpegCover.TryOpen(cover, this, context)
        ?? OpenWithSkia(cover, context);

    /// <summary>A picture is checked for damage if damage is refused, which takes a tenth to a half of the time. Those that
    /// libturbojpeg does not take because of their kind are checked always, because they are few.</summary>
    private SkiaCover OpenWithSkia(Cover cover, in DecodeContext context) => SkiaCover.Open(
        cover, this, context.Options, context.Deadline, isChecked: context.Options.Strict || TurboJpegCover.IsOdd(cover, context));
}
