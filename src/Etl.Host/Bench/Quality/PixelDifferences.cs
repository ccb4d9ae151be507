using PaletteEtl.Palettes;

namespace Etl.Host.Bench.Quality;

/// <summary>The CIEDE2000 differences of a cover's pixels from the colours of a palette.</summary>
/// <param name="Mean">The mean difference of a pixel from the nearest colour.</param>
/// <param name="P95">The difference that 95 % of the pixels do not exceed.</param>
/// <param name="RareColors">Number of colours that have less than 1 % of the pixels near them: at a difference of at most 10.</param>
internal sealed record PixelDifferences(double Mean, double P95, int RareColors)
{
    private const double Near = 10;
    private const double RareShare = 0.01;

    public static PixelDifferences Of(CoverTruth truth, Palette palette)
    {
        CieLab[] colors = [.. palette.Select(CieLab.Of)];
        int[] near = new int[colors.Length];
        (double Difference, int Count)[] nearest =
            [.. truth.Colors.Select(pixels => (ToNearest(pixels.Color, pixels.Count, colors, near), pixels.Count))];
        double mean = nearest.Sum(static pixels => pixels.Difference * pixels.Count) / Math.Max(1, truth.Sample.Pixels);
        return new PixelDifferences(mean, Percentile.P95(nearest), near.Count(pixels => pixels < RareShare * truth.Sample.Pixels));
    }

    /// <summary>The difference of some pixels from the nearest colour. Colours of another lightness are passed over, which saves most of
    /// the time.</summary>
    private static double ToNearest(CieLab pixel, int count, CieLab[] colors, int[] near)
    {
        double nearest = double.PositiveInfinity;
        for (int i = 0; i < colors.Length; i++)
        {
            if (Ciede2000.LightnessPart(pixel, colors[i]) > Math.Max(nearest, Near))
            {
                continue;
            }

            double difference = Ciede2000.Between(pixel, colors[i]);
            nearest = Math.Min(nearest, difference);
            near[i] += difference <= Near ? count : 0;
        }

        return nearest;
    }
}
