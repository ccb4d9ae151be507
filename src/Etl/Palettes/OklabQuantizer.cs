using System.Globalization;
using System.Runtime.Intrinsics;

namespace PaletteEtl.Palettes;

/// <summary>Weighted k-means in OKLab over the mean colours of the histogram's bins, after Celebi, "Improving the performance of
/// k-means for color quantization", 2011. No chance is in it: the same pixels in any order give the same palette.</summary>
/// <remarks>
/// A and b count twice, see <see cref="Oklab.ChromaWeight"/>. White counts like any colour. Transparent pixels, which nobody sees, count only where there are no others. A cover of fewer
/// colours than asked for has each of them, and they are repeated, as in the other mode; a repetition has no pixels.
/// </remarks>
internal sealed class OklabQuantizer(int colorCount) : IQuantizer
{
    public Needs Needs => new(Counts: false, Sums: true, MayBeScaled: true);

    public bool HasPopulation => true;

    public string Fingerprint => string.Create(CultureInfo.InvariantCulture, $"Oklab/2 colors={colorCount}");

    public Palette Quantize(ColorHistogram histogram)
    {
        BinSums opaque = histogram.Sums ?? throw new ArgumentException("The histogram has no sums.", nameof(histogram));
        BinSums seen = opaque.Count > 0 ? opaque : histogram.TransparentSums ?? opaque;
        if (seen.Count == 0)
        {
            return default;
        }

        using var points = new OklabPoints(seen);
        Span<Vector256<double>> sums = stackalloc Vector256<double>[Math.Min(colorCount, points.Count)];
        var clusters = new OklabClusters(points, sums);
        OklabSeeding.Seed(clusters);
        OklabKMeans.Converge(clusters);
        return PaletteOf(clusters);
    }

    /// <summary>The means, the most populous first; of equal ones the one with less red, then green, then blue.</summary>
    private Palette PaletteOf(OklabClusters clusters)
    {
        Span<(double Weight, Rgb Color)> means = stackalloc (double, Rgb)[clusters.Count];
        double total = 0;
        for (int i = 0; i < clusters.Count; i++)
        {
            Vector256<double> mean = clusters.Mean(i);
            means[i] = (clusters.Weight(i), Oklab.ToRgb(mean[0], mean[1] / Oklab.ChromaWeight, mean[2] / Oklab.ChromaWeight));
            total += means[i].Weight;
        }

        means.Sort(static (x, y) => (-x.Weight, Order(x.Color)).CompareTo((-y.Weight, Order(y.Color))));
        PaletteBuilder palette = default;
        for (int i = 0; i < colorCount; i++)
        {
            palette.Add(means[i % clusters.Count].Color, i < clusters.Count ? means[i].Weight / total : 0);
        }

        return palette.ToPalette();
    }

    private static int Order(Rgb color) => (color.R << 16) | (color.G << 8) | color.B;
}
