using PaletteEtl.Columns;
using PaletteEtl.Palettes;
using SkiaSharp;

namespace Etl.Host.Bench.Quality;

/// <summary>A cover whose areas are averaged so that its longer side has at most a number of pixels. A pixel without a colour is
/// transparent.</summary>
internal sealed class SmallPicture
{
    public SmallPicture(FullSizeCover cover, int longerSide)
    {
        SKBitmap bitmap = cover.Bitmap;
        double scale = Math.Min(1, (double)longerSide / Math.Max(bitmap.Width, bitmap.Height));
        (Width, Height) = (Math.Max(1, (int)Math.Round(bitmap.Width * scale)), Math.Max(1, (int)Math.Round(bitmap.Height * scale)));
        Pixels = new Oklch?[Width * Height];
        for (int i = 0; i < Pixels.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, Width);
            Range columns = Part(x, Width, bitmap.Width), rows = Part(y, Height, bitmap.Height);
            Pixels[i] = Mean(cover.Pixels, bitmap.Width, columns, rows);
        }
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Row after row.</summary>
    public Oklch?[] Pixels { get; }

    private static Range Part(int place, int parts, int length) =>
        (int)((long)place * length / parts)..(int)((long)(place + 1) * length / parts);

    private static Oklch? Mean(SKColor[] pixels, int width, Range columns, Range rows)
    {
        long red = 0, green = 0, blue = 0, alpha = 0;
        int area = 0;
        for (int y = rows.Start.Value; y < rows.End.Value; y++)
        {
            foreach (SKColor pixel in pixels.AsSpan(y * width, width)[columns])
            {
                red += pixel.Red * pixel.Alpha;
                green += pixel.Green * pixel.Alpha;
                blue += pixel.Blue * pixel.Alpha;
                alpha += pixel.Alpha;
                area++;
            }
        }

        return FullSizeCover.IsOpaque((int)(alpha / area))
            ? Oklch.Of(new Rgb(Round(red, alpha), Round(green, alpha), Round(blue, alpha)))
            : null;
    }

    private static byte Round(long sum, long count) => (byte)((sum + (count / 2)) / count);
}
