using NetVips;
using SkiaSharp;

namespace Etl.IntegrationTests.Avif;

/// <summary>Pictures drawn with Skia, as PNG and as AVIF.</summary>
internal static class AvifPicture
{
    private const int Side = 240;

    /// <summary>In the middle of their bins, so that the small errors of coding do not move them into others.</summary>
    private static readonly (SKColor Color, int Width)[] Bands =
    [
        (new(28, 44, 92), 64), (new(204, 60, 44), 48), (new(244, 204, 84), 40), (new(60, 140, 76), 32),
        (new(124, 180, 220), 24), (new(148, 84, 156), 16), (new(92, 68, 52), 8), (new(220, 212, 204), 8),
    ];

    /// <summary>Upright bands of colours, the second, which is red, as opaque as asked for.</summary>
    public static SKBitmap Draw(byte redAlpha = 255)
    {
        var bitmap = new SKBitmap(new SKImageInfo(Side, Side, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        SKColor[] row = [.. Bands.SelectMany(band => Enumerable.Repeat(band.Color, band.Width))];
        bitmap.Pixels =
        [
            .. Enumerable.Repeat(row, Side).SelectMany(colors => colors)
                .Select(color => color == Bands[1].Color ? color.WithAlpha(redAlpha) : color),
        ];
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
            q: 95, bitdepth: bits, effort: 0, compression: Enums.ForeignHeifCompression.Av1, subsampleMode: chroma);
    }
}
