using PaletteEtl.Palettes;

namespace Etl.Tests.Palettes;

public sealed class MedianCutQuantizerTests
{
    private static readonly uint Black = Histograms.Pixel(0, 0, 0);
    private static readonly uint Red = Histograms.Pixel(255, 0, 0);
    private static readonly uint ClearBlue = Histograms.Pixel(0, 0, 255, alpha: 0);

    [Fact]
    public void Quantize_OnePixel_RepeatsTheMiddleOfItsBin() => AssertPalette(
        "[[12, 20, 28], [12, 20, 28], [12, 20, 28], [12, 20, 28], [12, 20, 28], [12, 20, 28]]",
        Histograms.Pixel(10, 20, 30));

    [Fact]
    public void Quantize_TwoPixels_RepeatsThemInTurn() => AssertPalette(
        "[[252, 4, 4], [4, 4, 4], [252, 4, 4], [4, 4, 4], [252, 4, 4], [4, 4, 4]]",
        Black, Red);

    [Fact]
    public void Quantize_OneColour_RepeatsIt() => AssertPalette(
        "[[252, 4, 4], [252, 4, 4], [252, 4, 4], [252, 4, 4], [252, 4, 4], [252, 4, 4]]",
        Red, Red, Red, Red, Red, Red, Red);

    [Fact]
    public void Quantize_TwoColours_RepeatsThemInTheOrderOfTheirBoxes() => AssertPalette(
        "[[252, 4, 4], [4, 4, 4], [252, 4, 4], [4, 4, 4], [252, 4, 4], [4, 4, 4]]",
        Black, Black, Black, Red, Red);

    [Fact]
    public void Quantize_AllWhite_KeepsWhite() => AssertPalette(
        "[[252, 252, 252], [252, 252, 252], [252, 252, 252], [252, 252, 252], [252, 252, 252], [252, 252, 252]]",
        Histograms.White, Histograms.White, Histograms.White);

    [Fact]
    public void Quantize_AllTransparent_KeepsTransparentPixels() => AssertPalette(
        "[[4, 4, 252], [4, 4, 252], [4, 4, 252], [4, 4, 252], [4, 4, 252], [4, 4, 252]]",
        ClearBlue, ClearBlue);

    [Fact]
    public void Quantize_NoPixel_GivesNoColour()
    {
        using ColorHistogram histogram = Histograms.Of();

        Assert.Empty(new MedianCutQuantizer(colorCount: 6).Quantize(histogram));
    }

    [Fact]
    public void Quantize_OneColourAndTransparent_RepeatsTheColour() => AssertPalette(
        "[[252, 4, 4], [252, 4, 4], [252, 4, 4], [252, 4, 4], [252, 4, 4], [252, 4, 4]]",
        Red, Red, ClearBlue, ClearBlue, ClearBlue);

    [Fact]
    public void Quantize_TwoColoursAndTransparentOnes_RepeatsTheTwo() => AssertPalette(
        "[[252, 4, 4], [4, 4, 4], [252, 4, 4], [4, 4, 4], [252, 4, 4], [4, 4, 4]]",
        Black, Red, ClearBlue, Histograms.Pixel(0, 255, 0, alpha: 124), Histograms.Pixel(90, 90, 90, alpha: 0));

    [Fact]
    public void Quantize_WhiteAndTransparent_RepeatsWhite() => AssertPalette(
        "[[252, 252, 252], [252, 252, 252], [252, 252, 252], [252, 252, 252], [252, 252, 252], [252, 252, 252]]",
        Histograms.White, ClearBlue, ClearBlue);

    [Fact]
    public void Quantize_OneColourOnWhiteAndTransparent_RepeatsBothVisible() => AssertPalette(
        "[[252, 252, 252], [252, 4, 4], [252, 252, 252], [252, 4, 4], [252, 252, 252], [252, 4, 4]]",
        Histograms.White, Histograms.White, Histograms.White, Red, Red, ClearBlue, ClearBlue);

    [Fact]
    public void Quantize_OneColourOnWhite_LetsWhiteIn() => AssertPalette(
        "[[252, 252, 252], [252, 4, 4], [252, 252, 252], [252, 4, 4], [252, 252, 252], [252, 4, 4]]",
        Histograms.White, Histograms.White, Histograms.White, Red, Red);

    [Fact]
    public void Quantize_WhiteBringsNoColour_IsLeftOut() => AssertPalette(
        "[[252, 252, 252], [252, 252, 252], [252, 252, 252], [252, 252, 252], [252, 252, 252], [252, 252, 252]]",
        Histograms.White, Histograms.Pixel(250, 250, 250));

    [Fact]
    public void Quantize_WhiteBringsOtherColoursButNoMore_IsLeftOut()
    {
        uint red = Histograms.Pixel(160, 0, 0), darkRed = Histograms.Pixel(80, 0, 0);

        AssertPalette(
            "[[164, 4, 4], [84, 4, 4], [164, 4, 4], [84, 4, 4], [164, 4, 4], [84, 4, 4]]",
            [red, red, red, red, darkRed, darkRed, darkRed, darkRed, .. Enumerable.Repeat(Histograms.White, 16)]);
    }

    [Fact]
    public void Quantize_EnoughColours_LeavesWhiteAndTransparentOut()
    {
        uint[] greys = [.. Enumerable.Range(0, 30).SelectMany(grey => Enumerable.Repeat(Histograms.Pixel(grey * 8, grey * 8, grey * 8), 10))];
        using ColorHistogram plain = Histograms.Of(greys);
        using ColorHistogram more = Histograms.Of([.. greys, .. Enumerable.Repeat(Histograms.White, 1_000), ClearBlue]);

        Palette expected = new MedianCutQuantizer(colorCount: 6).Quantize(plain);
        Palette palette = new MedianCutQuantizer(colorCount: 6).Quantize(more);

        Assert.Equal(expected, palette);
        Assert.Equal(6, palette.ToArray().Distinct().Count());
    }

    [Fact]
    public void Quantize_AfterWarmUp_AllocatesNothing()
    {
        var quantizer = new MedianCutQuantizer(colorCount: 6);
        var random = new Random(1);
        uint[] pixels = [.. Enumerable.Range(0, 40_000).Select(_ => 0xFF000000 | (uint)random.Next(1 << 24))];
        using ColorHistogram histogram = Histograms.Of(pixels);
        quantizer.Quantize(histogram);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int time = 0; time < 100; time++)
        {
            quantizer.Quantize(histogram);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void AssertPalette(string expected, params uint[] pixels)
    {
        using ColorHistogram histogram = Histograms.Of(pixels);

        Palette palette = new MedianCutQuantizer(colorCount: 6).Quantize(histogram);

        Assert.Equal(expected, palette.ToJson());
    }
}
