using NetVips;
using SkiaSharp;

namespace Etl.IntegrationTests.Avif;

/// <summary>Pictures drawn with Skia, as PNG and as AVIF.</summary>
internal static class AvifPicture
{
    /// <summary>A sky that darkens upwards, a sun, hills and a sea; the sun's disc as opaque as asked for.</summary>
    public static SKBitmap Landscape(byte sunAlpha = 255)
    {
        var bitmap = new SKBitmap(new SKImageInfo(240, 360, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        for (int y = 0; y < bitmap.Height; y++)
        {
            for (int x = 0; x < bitmap.Width; x++)
            {
                bitmap.SetPixel(x, y, ColorAt(x, y, sunAlpha));
            }
        }

        return bitmap;
    }

    public static byte[] Png(SKBitmap bitmap)
    {
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, quality: 100);
        return data.ToArray();
    }

    /// <summary>An AVIF of high quality.</summary>
    /// <param name="bitmap">The picture, red, green, blue and alpha of 8 bits.</param>
    /// <param name="bits">Bits of a channel: 8, 10 or 12.</param>
    /// <param name="channels">4, or 3 to leave alpha out, or 1 to keep red alone, as grey.</param>
    /// <param name="chroma">Whether colours have half the resolution.</param>
    public static byte[] Encode(SKBitmap bitmap, int bits = 8, int channels = 4, Enums.ForeignSubsample chroma = Enums.ForeignSubsample.Off)
    {
        using Image rgba = Image.NewFromMemoryCopy<byte>(
            bitmap.GetPixelSpan(), bitmap.Width, bitmap.Height, bands: 4, Enums.BandFormat.Uchar);
        using Image bands = rgba.ExtractBand(0, channels);
        using Image picture = bits == 8
            ? bands.Copy(interpretation: channels == 1 ? Enums.Interpretation.Bw : Enums.Interpretation.Srgb)
            : (bands * 257.0).Cast(Enums.BandFormat.Ushort).Copy(interpretation: Enums.Interpretation.Rgb16);
        return picture.HeifsaveBuffer(
            q: 95, bitdepth: bits, effort: 2, compression: Enums.ForeignHeifCompression.Av1, subsampleMode: chroma);
    }

    private static SKColor ColorAt(int x, int y, byte sunAlpha)
    {
        if (((x - 170) * (x - 170)) + ((y - 90) * (y - 90)) < 50 * 50)
        {
            return new SKColor(250, 200, 60, sunAlpha);
        }

        double ridge = 210 + (30 * Math.Sin(x / 35.0));
        return y > 280 ? new SKColor(20, (byte)(60 + (y / 12)), 110)
            : y > ridge ? new SKColor((byte)(50 + (x / 10)), 100, 50)
            : new SKColor((byte)(90 + (y / 4)), (byte)(120 + (y / 5)), (byte)(230 - (y / 6)));
    }
}
