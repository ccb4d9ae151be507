using SkiaSharp;

namespace Etl.Benchmarks;

/// <summary>Pictures with gradients and noise, so that decoding and quantizing them costs about what a poster does.</summary>
internal static class Pictures
{
    public static SKBitmap Draw(int width, int height, Random random)
    {
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int noise = random.Next(32);
                bitmap.SetPixel(x, y, new SKColor(
                    (byte)((x * 200 / width) + noise), (byte)((y * 200 / height) + noise), (byte)(((x + y) / 5 % 200) + noise)));
            }
        }

        return bitmap;
    }
}
