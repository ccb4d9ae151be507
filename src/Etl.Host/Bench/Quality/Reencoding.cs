using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;
using SkiaSharp;

namespace Etl.Host.Bench.Quality;

/// <summary>A way to encode a JPEG cover again.</summary>
/// <param name="Name">The name in tables and in JSON.</param>
/// <param name="ShowsWhole">Whether the whole cover remains, so that its palette should be the same.</param>
/// <param name="Encode">Encodes the decoded cover.</param>
internal sealed record Reencoding(string Name, bool ShowsWhole, Func<SKBitmap, byte[]> Encode)
{
    private const int NarrowWidth = 300;
    private const int CropPercent = 90;

    /// <summary>Every way.</summary>
    public static IReadOnlyList<Reencoding> All { get; } =
    [
        new("png", ShowsWhole: true, static cover => Png(cover)),
        new("webp80", ShowsWhole: true, static cover => WebP(cover, quality: 80)),
        new("jpeg70", ShowsWhole: true, static cover => Jpeg(cover, quality: 70, SKJpegEncoderDownsample.Downsample420)),
        new("jpeg444", ShowsWhole: true, static cover => Jpeg(cover, quality: 90, SKJpegEncoderDownsample.Downsample444)),
        new("narrow", ShowsWhole: true, static cover => Narrow(cover)),
        new("crop", ShowsWhole: false, static cover => Crop(cover)),
    ];

    /// <summary>Whether a cover takes part: only a JPEG does.</summary>
    public static bool Applies(ReadOnlySpan<byte> cover) => CoverFormat.Find(CoverFormats.All, cover) is JpegFormat;

    private static byte[] Png(SKBitmap cover) =>
        Bytes(cover, static pixels => pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.Sub, zLibLevel: 1)));

    private static byte[] WebP(SKBitmap cover, float quality) =>
        Bytes(cover, pixels => pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, quality)));

    private static byte[] Jpeg(SKBitmap cover, int quality, SKJpegEncoderDownsample downsample) =>
        Bytes(cover, pixels => pixels.Encode(new SKJpegEncoderOptions(quality, downsample, SKJpegEncoderAlphaOption.Ignore)));

    /// <summary>A narrower cover becomes no wider.</summary>
    private static byte[] Narrow(SKBitmap cover)
    {
        int width = Math.Min(NarrowWidth, cover.Width);
        var size = new SKSizeI(width, Math.Max(1, (int)Math.Round((double)cover.Height * width / cover.Width)));
        using SKBitmap small = cover.Resize(cover.Info.WithSize(size), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return Jpeg(small, quality: 90, SKJpegEncoderDownsample.Downsample420);
    }

    private static byte[] Crop(SKBitmap cover)
    {
        var size = new SKSizeI(Math.Max(1, cover.Width * CropPercent / 100), Math.Max(1, cover.Height * CropPercent / 100));
        var place = new SKPointI((cover.Width - size.Width) / 2, (cover.Height - size.Height) / 2);
        using var middle = new SKBitmap();
        cover.ExtractSubset(middle, SKRectI.Create(place, size));
        return Jpeg(middle, quality: 90, SKJpegEncoderDownsample.Downsample420);
    }

    private static byte[] Bytes(SKBitmap cover, Func<SKPixmap, SKData?> encode)
    {
        using SKPixmap pixels = cover.PeekPixels();
        using SKData data = encode(pixels) ?? throw new InvalidOperationException("A cover could not be encoded again.");
        return data.ToArray();
    }
}
