using CsCheck;
using PaletteEtl.Palettes;

namespace Etl.Tests.Palettes;

public sealed class OklabPropertyTests
{
    private static readonly Gen<int> AnyCount = Gen.Int[2, Palette.MaxColors];

    [Fact]
    public void Quantize_AnyPixels_GivesExactlyTheColoursAskedFor() =>
        Gen.Select(Histograms.AnyPixels, AnyCount).Sample((pixels, colors) => Quantize(pixels, colors).Count == colors);

    [Fact]
    public void Quantize_AnyPixels_GivesSharesThatFallAndAddUpToOne() =>
        Gen.Select(Histograms.AnyPixels, AnyCount).Sample((pixels, colors) =>
        {
            Palette palette = Quantize(pixels, colors);
            double[] shares = [.. Enumerable.Range(0, colors).Select(palette.Population)];

            Assert.Equal(shares.OrderDescending(), shares);
            Assert.Equal(1, shares.Sum(), tolerance: colors * 0.000_05);
        });

    [Fact]
    public void Quantize_AnyPixels_GivesAsManyClustersAsThereAreBinsForThem() =>
        Gen.Select(Histograms.AnyPixels, AnyCount).Sample((pixels, colors) =>
        {
            Palette palette = Quantize(pixels, colors);

            Assert.Equal(Math.Min(colors, Bins(pixels)), Enumerable.Range(0, colors).Count(i => palette.Population(i) > 0));
        });

    [Fact]
    public void Quantize_PixelsInAnotherOrder_GivesTheSamePalette() =>
        Histograms.AnyOrders.Sample((pixels, shuffled) => Assert.Equal(Quantize(pixels, 6), Quantize(shuffled, 6)));

    [Fact]
    public void Quantize_OtherPixelsInBetween_GivesTheSamePalette() =>
        Gen.Select(Histograms.AnyPixels, Histograms.AnyPixels, AnyCount).Sample((pixels, others, colors) =>
        {
            Palette first = Quantize(pixels, colors);
            Quantize(others, colors);

            Assert.Equal(first, Quantize(pixels, colors));
        });

    /// <summary>Bins of the pixels that count.</summary>
    private static int Bins(uint[] pixels)
    {
        using ColorHistogram histogram = Histograms.SumsOf(pixels);
        return histogram.Sums!.Count > 0 ? histogram.Sums.Count : histogram.TransparentSums?.Count ?? 0;
    }

    private static Palette Quantize(uint[] pixels, int colors)
    {
        using ColorHistogram histogram = Histograms.SumsOf(pixels);
        return new OklabQuantizer(colors).Quantize(histogram);
    }
}
