using Etl.Host.Bench;
using Etl.Host.Bench.Quality;
using PaletteEtl.Columns;
using PaletteEtl.Palettes;
using SkiaSharp;

namespace Etl.IntegrationTests.Bench.Quality;

public sealed class VividFamiliesTests
{
    private static readonly Rgb Grey = new(128, 128, 128), Red = new(255, 0, 0), Orange = new(255, 100, 0), Blue = new(0, 0, 255);

    [Fact]
    public void HuesOf_RedPatchOfSixThousandths_IsRed()
    {
        using FullSizeCover cover = DrawnCover.WithPatch(SKColors.Gray, SKColors.Red, width: 10, height: 6);

        Assert.Equal(Oklch.Of(Red).Hue, Assert.Single(VividFamilies.HuesOf(cover)), 0.001);
    }

    [Fact]
    public void HuesOf_RedPatchOfFourThousandths_IsNone()
    {
        using FullSizeCover cover = DrawnCover.WithPatch(SKColors.Gray, SKColors.Red, width: 10, height: 4);

        Assert.Empty(VividFamilies.HuesOf(cover));
    }

    [Fact]
    public void HuesOf_RedPixelsThatDoNotAdjoin_IsNone()
    {
        using FullSizeCover cover = DrawnCover.Of(100, 100, static (x, y) => x % 2 == 0 && y % 2 == 0 ? SKColors.Red : SKColors.Gray);

        Assert.Empty(VividFamilies.HuesOf(cover));
    }

    [Fact]
    public void HuesOf_PatchOfHalfThePixelsThatAFamilyNeeds_IsAFamilyWithTheOthers()
    {
        using FullSizeCover cover = DrawnCover.Of(
            100, 100, static (x, y) => (x < 5 && y < 5) || (x > 10 && x % 10 == 0 && y % 20 == 0) ? SKColors.Red : SKColors.Gray);

        Assert.Single(VividFamilies.HuesOf(cover));
    }

    [Fact]
    public void HuesOf_PixelsThatAdjoinAtCorners_AreOnePatch()
    {
        using FullSizeCover cover = DrawnCover.Of(
            100, 100, static (x, y) => x < 20 && y < 5 && (x + y) % 2 == 0 ? SKColors.Red : SKColors.Gray);

        Assert.Single(VividFamilies.HuesOf(cover));
    }

    [Fact]
    public void HuesOf_RedAndBlueHalves_AreTwoAndTheLargerIsFirst()
    {
        using FullSizeCover cover = DrawnCover.Of(100, 100, static (x, _) => x < 40 ? SKColors.Red : SKColors.Blue);

        IReadOnlyList<double> hues = VividFamilies.HuesOf(cover);

        Assert.Equal([Math.Round(Oklch.Of(Blue).Hue, 3), Math.Round(Oklch.Of(Red).Hue, 3)], hues.Select(static hue => Math.Round(hue, 3)));
    }

    [Fact]
    public void HuesOf_TransparentPatch_IsNone()
    {
        using FullSizeCover cover = DrawnCover.WithPatch(SKColors.Gray, SKColors.Red.WithAlpha(124), width: 50, height: 50);

        Assert.Empty(VividFamilies.HuesOf(cover));
    }

    [Fact]
    public void HuesOf_LargeCover_IsAveragedBeforePatchesAreFound()
    {
        using FullSizeCover cover = DrawnCover.Of(640, 320, static (x, y) => (x + y) % 2 == 0 ? SKColors.Red : SKColors.Blue);

        double purple = Assert.Single(VividFamilies.HuesOf(cover));

        Assert.Equal(Oklch.Of(new Rgb(128, 0, 128)).Hue, (purple + 360) % 360, 0.5);
    }

    [Fact]
    public void AreLost_PaletteHasTheHue_IsFalse()
    {
        double[] hues = [Oklch.Of(Red).Hue];

        Assert.False(VividFamilies.AreLost(hues, new Palette(Grey, Red)));
        Assert.False(VividFamilies.AreLost(hues, new Palette(Grey, new Rgb(120, 60, 50)))); // of little chroma, but enough
    }

    [Fact]
    public void AreLost_PaletteIsGreyOrOfAnotherHue_IsTrue()
    {
        double[] hues = [Oklch.Of(Red).Hue];

        Assert.True(VividFamilies.AreLost(hues, new Palette(Grey)));
        Assert.True(VividFamilies.AreLost(hues, new Palette(Blue)));
        Assert.True(VividFamilies.AreLost(hues, new Palette(new Rgb(100, 90, 88)))); // red, but nearly grey
    }

    [Fact]
    public void AreLost_OneOfTwoHues_IsTrue() =>
        Assert.True(VividFamilies.AreLost([Oklch.Of(Red).Hue, Oklch.Of(Blue).Hue], new Palette(Red, Orange)));
}
