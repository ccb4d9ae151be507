using PaletteEtl.Palettes;

namespace PaletteEtl.Columns;

/// <summary>The shares of a palette's colours where its algorithm does not tell them: each pixel stands for the nearest colour in OKLab. A
/// repeated colour has none.</summary>
internal static class NearestShares
{
    public static double[] Of(in Palette palette, ColorBins pixels)
    {
        Span<float> colors = stackalloc float[3 * Palette.MaxColors];
        for (int i = 0; i < palette.Count; i++)
        {
            Oklch.ToOklab(palette[i], colors[(3 * i)..]);
        }

        long[] counts = new long[palette.Count];
        ReadOnlySpan<float> l = BinColors.L, a = BinColors.A, b = BinColors.B;
        for (int i = 0; i < pixels.Bins.Length && counts.Length > 0; i++)
        {
            int bin = pixels.Bins[i];
            counts[Nearest(colors[..(3 * counts.Length)], l[bin], a[bin], b[bin])] += pixels.Counts[i];
        }

        return [.. counts.Select(count => pixels.Total == 0 ? 0 : (double)count / pixels.Total)];
    }

    private static int Nearest(ReadOnlySpan<float> colors, float l, float a, float b)
    {
        (int nearest, float least) = (0, float.MaxValue);
        for (int i = 0; i < colors.Length; i += 3)
        {
            float dl = colors[i] - l, da = colors[i + 1] - a, db = colors[i + 2] - b;
            float distance = (dl * dl) + (da * da) + (db * db);
            if (distance < least)
            {
                (nearest, least) = (i / 3, distance);
            }
        }

        return nearest;
    }
}
