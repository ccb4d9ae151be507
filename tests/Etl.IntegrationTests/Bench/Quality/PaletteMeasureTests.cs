using Etl.Host.Bench;
using Etl.Host.Bench.Quality;
using PaletteEtl.Palettes;
using SkiaSharp;

namespace Etl.IntegrationTests.Bench.Quality;

/// <summary>The measures of a palette that need no catalogue: exact answers on tiny covers.</summary>
public sealed class PaletteMeasureTests
{
    private static readonly Rgb White = new(255, 255, 255), Black = new(0, 0, 0), Red = new(255, 0, 0);

    [Fact]
    public void PixelDifferences_WhiteCoverAndBlackPalette_AreAHundred()
    {
        PixelDifferences differences = DifferencesOf(new Palette(Black), SKColors.White);

        Assert.Equal((100, 100, 1), (Math.Round(differences.Mean, 2), Math.Round(differences.P95, 2), differences.RareColors));
    }

    [Fact]
    public void PixelDifferences_EverySecondPixelBlack_HaveTheMeanOfBoth()
    {
        PixelDifferences differences = DifferencesOf(new Palette(White), SKColors.White, SKColors.Black);

        Assert.Equal((50, 100, 0), (Math.Round(differences.Mean, 2), Math.Round(differences.P95, 2), differences.RareColors));
    }

    [Theory]
    [InlineData(100, 0)]
    [InlineData(101, 1)]
    public void RareColors_ColorOfOnePixelInSo_IsRareBelowAHundredth(int pixels, int expected)
    {
        SKColor[] colors = [SKColors.Red, .. Enumerable.Repeat(SKColors.White, pixels - 1)];

        Assert.Equal(expected, DifferencesOf(new Palette(White, Red), colors).RareColors);
    }

    [Fact]
    public void WorstColor_SameColorsInAnotherOrder_IsNone() =>
        Assert.Equal(0, WorstColor.Between(new Palette(White, Black, Red), new Palette(Red, White, Black), chromaWeight: 1));

    [Fact]
    public void WorstColor_OneColorDiffers_IsItsDistanceWithTheWeightOfChroma()
    {
        var (one, other) = (new Palette(White, Black), new Palette(Red, White));

        Assert.Equal(67.88, WorstColor.Between(one, other, chromaWeight: 1), 0.01);
        Assert.Equal(81.24, WorstColor.Between(one, other, chromaWeight: 2), 0.01);
    }

    [Fact]
    public void PlaceDistance_SameColorsInAnotherOrder_IsNone() =>
        Assert.Equal(0, PlaceDistance.Between(new Palette(White, Red), new Palette(Red, White)), 0.0001);

    [Fact]
    public void PlaceDistance_WhiteAndBlack_IsAHundred() =>
        Assert.Equal(100, PlaceDistance.Between(new Palette(White), new Palette(Black)), 0.0001);

    [Fact]
    public void PlaceDistance_SecondOfTwoColorsDiffers_IsAThirdOfItsDistance() =>
        Assert.Equal(67.876 / 3, PlaceDistance.Between(new Palette(White, Black), new Palette(White, Red)), 0.001);

    [Fact]
    public void PlaceDistance_ColorWithoutAPartner_CountsAtLeastTwoWithHalfItsWeight()
    {
        var (one, two) = (new Palette(Black), new Palette(Black, Black));

        Assert.Equal(1.0 / 3, PlaceDistance.Between(one, two), 0.0001);
        Assert.Equal(1.0 / 3, PlaceDistance.Between(two, one), 0.0001);
    }

    [Fact]
    public void PaletteMove_FirstColorOfAnotherPlace_MovesIt()
    {
        Assert.True(PaletteMove.Between(new Palette(White, Black), new Palette(Black, White)).MovesFirstColor);
        Assert.False(PaletteMove.Between(new Palette(White, Black), new Palette(White, Red)).MovesFirstColor);
    }

    [Theory]
    [InlineData(20, 19)]
    [InlineData(100, 95)]
    [InlineData(1, 1)]
    public void P95_NumbersFromOne_IsTheLeastThatNineteenTwentiethsDoNotExceed(int count, double expected) =>
        Assert.Equal(expected, Percentile.P95(Enumerable.Range(1, count).Reverse().Select(static number => (double)number)));

    private static PixelDifferences DifferencesOf(Palette palette, params SKColor[] colors)
    {
        using FullSizeCover cover = DrawnCover.Of(7 * colors.Length, 1, (x, _) => colors[x / 7]); // every seventh pixel counts
        return PixelDifferences.Of(CoverTruth.Of(cover), palette);
    }
}
