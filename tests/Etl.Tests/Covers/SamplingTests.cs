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
    [InlineData(1, 1, 1, 1)]
    [InlineData(100, 249, 1, 1)]
    [InlineData(100, 250, 2, 1 / 2f)] // exactly enough
    [InlineData(200, 499, 2, 1 / 2f)]
    [InlineData(200, 500, 4, 1 / 4f)]
    [InlineData(500, 799, 4, 1 / 4f)]
    [InlineData(500, 800, 8, 1 / 8f)]
    [InlineData(1_000, 1_599, 8, 1 / 8f)]
    [InlineData(1_000, 1_600, 16, 1 / 8f)]
    [InlineData(65_500, 65_500, 256, 1 / 8f)]
    public void CellSide_AnySize_LeavesEnoughCells(int width, int height, int side, float scale)
    {
        Assert.Equal((side, scale), (Sampling.CellSide(width, height), Auto.Scale(width, height)));
        Assert.Equal(side, Sampling.CellSideOver(width, height, width));
        Assert.Equal(Math.Max(1, side / 8), Sampling.CellSideOver(width, height, (int)Math.Ceiling(width * scale)));
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
