using SkiaSharp;

namespace Etl.IntegrationTests.Commands;

/// <summary>Small drawn pictures.</summary>
internal static class Posters
{
    /// <summary>A PNG of vertical stripes: eight different colours.</summary>
    public static byte[] Png()
    {
        using var bitmap = new SKBitmap(80, 40);
        for (int x = 0; x < bitmap.Width; x++)
        {
            for (int y = 0; y < bitmap.Height; y++)
            {
                byte shade = (byte)(x / 10 * 28);
                bitmap.SetPixel(x, y, new SKColor(shade, (byte)(200 - shade), (byte)(shade / 2)));
            }
        }

        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, quality: 100);
        return data.ToArray();
    }
}
