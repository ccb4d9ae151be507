using Etl.Host.Bench;
using SkiaSharp;

namespace Etl.IntegrationTests.Bench.Quality;

/// <summary>Draws covers pixel by pixel.</summary>
internal static class DrawnCover
{
    /// <summary>A decoded cover whose pixels have a colour by their place.</summary>
    public static FullSizeCover Of(int width, int height, Func<int, int, SKColor> pixel)
    {
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        for (int i = 0; i < width * height; i++)
        {
            (int y, int x) = Math.DivRem(i, width);
            bitmap.SetPixel(x, y, pixel(x, y));
        }

        return new FullSizeCover(bitmap);
    }

    /// <summary>A cover of 100 x 100 pixels of one colour, with a patch of another in the middle.</summary>
    public static FullSizeCover WithPatch(SKColor color, SKColor patch, int width, int height) =>
        Of(100, 100, (x, y) => x >= 40 && x < 40 + width && y >= 40 && y < 40 + height ? patch : color);
}
