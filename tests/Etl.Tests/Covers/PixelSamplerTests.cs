using CsCheck;
using PaletteEtl.Palettes;

namespace Etl.Tests.Covers;

public sealed class PixelSamplerTests
{
    [Theory]
    [InlineData(124, false)]
    [InlineData(125, true)]
    [InlineData(255, true)]
    public void Sample_Alpha_IsKeptFrom125(int alpha, bool kept)
    {
        using ColorHistogram histogram = Histograms.Of(Histograms.Pixel(8, 16, 24, alpha));

        int bin = Histograms.Bin(1, 2, 3);
        Assert.Equal(kept ? 1 : 0, histogram.Counts[bin]);
        Assert.Equal(!kept, histogram.HasTransparent && histogram.Transparent[bin] == 1);
    }

    [Theory]
    [InlineData(255, 255, 255, true)]
    [InlineData(251, 251, 251, true)]
    [InlineData(250, 251, 251, false)]
    [InlineData(251, 250, 251, false)]
    [InlineData(251, 251, 250, false)]
    public void Sample_EveryChannelAbove250_IsWhite(int red, int green, int blue, bool white)
    {
        using ColorHistogram histogram = Histograms.Of(Histograms.Pixel(red, green, blue));

        Assert.Equal(white ? 1 : 0, histogram.White);
        Assert.Equal(white ? 0 : 1, histogram.Counts[ColorHistogram.WhiteBin]);
    }

    [Fact]
    public void Sample_AnyPixel_CountsItsFiveHighBits() => Gen.Select(Gen.Byte, Gen.Byte, Gen.Byte).Sample((red, green, blue) =>
    {
        using ColorHistogram histogram = Histograms.Of(Histograms.Pixel(red, green, blue));
        histogram.KeepWhite();

        return histogram.Counts[Histograms.Bin(red >> 3, green >> 3, blue >> 3)] == 1;
    });

    [Fact]
    public void Sample_ImageInRuns_CountsThePixelsOfTheWholeImage() =>
        Gen.Select(Gen.UInt.Array[1, 200], Gen.Int[1, 25], Gen.Int[1, 40]).Sample((pixels, step, run) =>
        {
            using var inRuns = new ColorHistogram();
            int next = 0;
            for (int at = 0; at < pixels.Length; at += run)
            {
                next = PixelSampler.Sample(pixels.AsSpan(at, Math.Min(run, pixels.Length - at)), next, step, inRuns);
            }

            using ColorHistogram expected = Histograms.Of([.. pixels.Where((_, i) => i % step == 0)]);
            Assert.Equal(expected.White, inRuns.White);
            Assert.True(expected.Counts.SequenceEqual(inRuns.Counts));
            Assert.True(expected.Transparent.SequenceEqual(inRuns.Transparent));
        });
}
