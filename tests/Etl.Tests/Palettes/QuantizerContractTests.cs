using Etl.Contracts.Palettes;
using PaletteEtl.Palettes;

namespace Etl.Tests.Palettes;

/// <summary>Each quantizer holds to the contract.</summary>
public static class QuantizerContractTests
{
    public sealed class ColorThief() : QuantizerContract(new MedianCutQuantizer(6), colors: 6);

    public sealed class OklabTwo() : QuantizerContract(new OklabQuantizer(2), colors: 2);

    public sealed class OklabMost() : QuantizerContract(new OklabQuantizer(Palette.MaxColors), Palette.MaxColors);

    public sealed class MeanColor() : QuantizerContract(new MeanColorQuantizer(), colors: 1)
    {
        [Fact]
        public void Quantize_TwoColors_GivesTheirMean()
        {
            using ColorHistogram histogram = ColorHistogram.Of([new Rgb(10, 20, 31), new Rgb(30, 250, 31)], new MeanColorQuantizer().Needs);

            Assert.Equal([new Rgb(20, 135, 31)], new MeanColorQuantizer().Quantize(histogram));
        }
    }
}
