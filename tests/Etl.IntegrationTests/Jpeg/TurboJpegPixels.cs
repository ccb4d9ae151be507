using System.Runtime.InteropServices;
using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;
using PaletteEtl.Palettes;
using SkiaSharp;

namespace Etl.IntegrationTests.Jpeg;

/// <summary>The pixels of a JPEG by libturbojpeg, and by Skia.</summary>
internal static class TurboJpegPixels
{
    private static readonly DecodeOptions Turbo = new() { TurboJpeg = LibraryUse.Require };

    /// <summary>The scales of the Oklab palettes, as denominators.</summary>
    public static int[] Scales => [1, 2, 4, 8];

    /// <summary>The pixels of libturbojpeg; null when Skia decodes the cover.</summary>
    public static byte[]? ByTurbo(Cover cover, int scale)
    {
        using OpenedCover? opened = TryOpen(cover);
        if (opened is null)
        {
            return null;
        }

        var scaled = new SKSizeI((opened.Width + scale - 1) / scale, (opened.Height + scale - 1) / scale);
        using PixelBuffer pixels = PixelBuffer.Rent(scaled.Width, scaled.Height);
        return LibTurboJpeg.TryDecode(cover.Data, new SKSizeI(opened.Width, opened.Height), scaled, pixels, out _)
            ? MemoryMarshal.AsBytes(pixels.Pixels).ToArray()
            : null;
    }

    public static ReadOnlySpan<byte> BySkia(Cover cover, int scale)
    {
        using var data = SKData.CreateCopy(cover.Data.GetSpan());
        using var codec = SKCodec.Create(data);
        SKSizeI size = codec.GetScaledDimensions(1f / scale);
        using var bitmap = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        Assert.Equal(SKCodecResult.Success, codec.GetPixels(bitmap.Info, bitmap.GetPixels()));
        return bitmap.GetPixelSpan().ToArray();
    }

    private static OpenedCover? TryOpen(Cover cover)
    {
        var deadline = new Deadline(Turbo.Timeout, TimeProvider.System);
        var context = new DecodeContext(
            Turbo, Decoders.SamplingOf(Turbo, QuantizeAlgorithm.ColorThief), Memory: long.MaxValue, Free: long.MaxValue, deadline);
        return TurboJpegCover.TryOpen(cover, new JpegFormat(), context);
    }
}
