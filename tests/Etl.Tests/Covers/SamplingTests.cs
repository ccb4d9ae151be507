using PaletteEtl.Covers;
using PaletteEtl.Palettes;

namespace Etl.Tests.Covers;

public sealed class SamplingTests
{
    private static readonly Sampling Auto = Decoders.SamplingOf(new DecodeOptions(), QuantizeAlgorithm.Oklab);

    [Theory]
    [InlineData(QuantizeAlgorithm.ColorThief, null, false)]
    [InlineData(QuantizeAlgorithm.ColorThief, DecodeScale.Full, false)]
    [InlineData(QuantizeAlgorithm.Oklab, null, true)]
    [InlineData(QuantizeAlgorithm.Oklab, DecodeScale.Full, false)]
    [InlineData(QuantizeAlgorithm.Oklab, DecodeScale.Auto, true)]
    public void Of_EachScale_IsScaledForOklabUnlessItIsFull(QuantizeAlgorithm algorithm, DecodeScale? scale, bool scaled)
    {
        Sampling sampling = Decoders.SamplingOf(new DecodeOptions { Scale = scale }, algorithm);

        Assert.Equal(scaled, sampling.IsScaled);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(120, 100, 1)] // exactly enough
    [InlineData(135, 100, 1)]
    [InlineData(160, 100, 7 / 8f)]
    [InlineData(500, 750, 2 / 8f)]
    [InlineData(800, 960, 1 / 8f)]
    [InlineData(65_535, 65_535, 1 / 8f)]
    public void Scale_Auto_IsTheLeastEighthThatLeavesEnough(int width, int height, float scale)
    {
        Assert.Equal(scale, Auto.Scale(width, height));
        Assert.InRange(width * scale * height * scale, Math.Min(Sampling.EnoughPixels, width * height), double.MaxValue);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(120, 199, 1)]
    [InlineData(120, 200, 2)]
    [InlineData(300, 400, 10)]
    [InlineData(3_000, 4_000, 10)]
    public void StepOver_Auto_LeavesEnough(int width, int height, int step) => Assert.Equal(step, Auto.StepOver(width, height));

    [Fact]
    public void ScaleAndStep_Full_AreAsTheOptionsSay()
    {
        Sampling full = Decoders.SamplingOf(new DecodeOptions { SampleStep = 7 }, QuantizeAlgorithm.ColorThief);

        Assert.Equal((1, 7), (full.Scale(4_000, 3_000), full.StepOver(4_000, 3_000)));
    }
}
