using PaletteEtl.Palettes;

namespace Etl.Tests.Palettes;

public sealed class NeedsTests
{
    private static readonly uint[] Pixels =
        [Histograms.White, Histograms.Pixel(1, 2, 3), Histograms.Pixel(4, 5, 6), Histograms.Pixel(200, 100, 50), Histograms.Pixel(9, 9, 9, alpha: 0)];

    [Theory]
    [InlineData(QuantizeAlgorithm.ColorThief, QuantizeAlgorithm.ColorThief, true, false, false)]
    [InlineData(QuantizeAlgorithm.Oklab, QuantizeAlgorithm.Oklab, false, true, true)]
    [InlineData(QuantizeAlgorithm.ColorThief, QuantizeAlgorithm.Oklab, true, true, false)]
    [InlineData(QuantizeAlgorithm.Oklab, QuantizeAlgorithm.ColorThief, true, true, false)]
    public void Or_NeedsOfTwo_MeetsBoth(QuantizeAlgorithm one, QuantizeAlgorithm other, bool counts, bool sums, bool mayBeScaled) =>
        Assert.Equal(new Needs(counts, sums, mayBeScaled), Decoders.NeedsOf(one) | Decoders.NeedsOf(other));

    [Theory]
    [InlineData(QuantizeAlgorithm.ColorThief)]
    [InlineData(QuantizeAlgorithm.Oklab)]
    public void Quantize_HistogramThatMeetsMore_GivesTheSame(QuantizeAlgorithm algorithm)
    {
        IQuantizer quantizer = Quantizers.Of(new QuantizeOptions { Algorithm = algorithm });
        using ColorHistogram own = quantizer.Needs.Sums ? Histograms.SumsOf(Pixels) : Histograms.Of(Pixels);
        using ColorHistogram both = Histograms.BothOf(Pixels);

        Assert.Equal(quantizer.Quantize(own), quantizer.Quantize(both));
    }

    [Theory]
    [InlineData(QuantizeAlgorithm.ColorThief)]
    [InlineData(QuantizeAlgorithm.Oklab)]
    public void HasPopulation_OfEachQuantizer_IsThatOfItsPalettes(QuantizeAlgorithm algorithm)
    {
        IQuantizer quantizer = Quantizers.Of(new QuantizeOptions { Algorithm = algorithm });
        using ColorHistogram both = Histograms.BothOf(Pixels);

        Assert.Equal(quantizer.HasPopulation, quantizer.Quantize(both).HasPopulation);
    }
}
