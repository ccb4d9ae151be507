using PaletteEtl.Palettes;

namespace PaletteEtl.Columns;

/// <summary>The shares of a palette's colours if its algorithm does not count them: each pixel stands for the nearest colour in OKLab. A
/// repeated colour has none.</summary>
internal static class NearestShares
{
    public static double[] Of(in Palette palette, ColorBins pixels)
    {
        Span<float> colors = stackalloc float[3 * Palette.MaxColors];
        for (int i = 0; i < palette.Count; i++)
        {
            (colors[3 * i], colors[(3 * i) + 1], colors[(3 * i) + 2]) = Oklch.ToOklab(palette[i]);
        }

        long[] counts = new long[palette.Count];
        ReadOnlySpan<float> l = BinColors.L, a = BinColors.A, b = BinColors.B;
        ReadOnlySpan<ushort> bins = pixels.Bins;
        ReadOnlySpan<long> pixelsOfBins = pixels.Counts;
        for (int i = 0; i < bins.Length && counts.Length > 0; i++)
        {
            int bin = bins[i];
            counts[Nearest(colors[..(3 * counts.Length)], l[bin], a[bin], b[bin])] += pixelsOfBins[i];
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
