using PaletteEtl.Palettes;

namespace Etl.Tests.Palettes;

public sealed class OklabQuantizerTests
{
    private static readonly uint Black = Histograms.Pixel(0, 0, 0);
    private static readonly uint Red = Histograms.Pixel(255, 0, 0);
    private static readonly uint Blue = Histograms.Pixel(0, 0, 255);
    private static readonly uint ClearBlue = Histograms.Pixel(0, 0, 255, alpha: 124);

    [Fact]
    public void Quantize_NoPixel_GivesNoColour()
    {
        using var histogram = new ColorHistogram(hasCounts: false, hasSums: true);

        Assert.Empty(new OklabQuantizer(6).Quantize(histogram));
    }

    [Fact]
    public void Quantize_OnePixel_RepeatsExactlyIt()
    {
        Palette palette = Quantize(Histograms.Pixel(10, 20, 30));

        Assert.Equal("[[10, 20, 30], [10, 20, 30], [10, 20, 30], [10, 20, 30], [10, 20, 30], [10, 20, 30]]", palette.ToJson());
        Assert.Equal([1, 0, 0, 0, 0, 0], Shares(palette));
    }

    [Fact]
    public void Quantize_TwoColours_RepeatsThemInTheOrderOfTheirPixels()
    {
        Palette palette = Quantize(Black, Red, Red, Red);

        Assert.Equal("[[255, 0, 0], [0, 0, 0], [255, 0, 0], [0, 0, 0], [255, 0, 0], [0, 0, 0]]", palette.ToJson());
        Assert.Equal([0.75, 0.25, 0, 0, 0, 0], Shares(palette));
    }

    [Fact]
    public void Quantize_ColoursOfAsManyPixels_OrdersThemByRedGreenAndBlue() => Assert.Equal(
        "[[0, 0, 0], [0, 0, 255], [255, 0, 0], [0, 0, 0], [0, 0, 255], [255, 0, 0]]",
        Quantize(Red, Blue, Black).ToJson());

    [Fact]
    public void Quantize_ColoursOfOneBin_GivesTheirMean() => Assert.Equal(
        new Rgb(202, 100, 51),
        Quantize(Histograms.Pixel(200, 96, 48), Histograms.Pixel(204, 103, 55), Histograms.Pixel(201, 101, 50))[0]);

    [Fact]
    public void Quantize_SevenColoursOfWhichTwoAreAlike_GivesTheTwoAsOne()
    {
        uint[] pixels =
        [
            Histograms.White, Histograms.White, Black, Black, Red, Red, Blue, Blue, Histograms.Pixel(0, 255, 0), Histograms.Pixel(0, 255, 0),
            Histograms.Pixel(127, 127, 127), Histograms.Pixel(128, 128, 128),
        ];

        Palette palette = Quantize(pixels);

        Assert.Equal(
            "[[0, 0, 0], [0, 0, 255], [0, 255, 0], [127, 127, 127], [255, 0, 0], [255, 255, 255]]",
            palette.ToJson().Replace("[128, 128, 128]", "[127, 127, 127]", StringComparison.Ordinal));
        Assert.All(Shares(palette), share => Assert.Equal(0.1667, share));
    }

    [Fact]
    public void Quantize_WhiteAmongColours_CountsLikeAnyColour() => Assert.Equal(
        [0.75, 0.25],
        Shares(Quantize(Histograms.White, Histograms.White, Histograms.White, Red))[..2]);

    [Fact]
    public void Quantize_TransparentAmongOpaque_IsLeftOut()
    {
        Palette palette = Quantize(ClearBlue, ClearBlue, Red);

        Assert.All(palette.ToArray(), color => Assert.Equal(new Rgb(255, 0, 0), color));
    }

    [Fact]
    public void Quantize_AllTransparent_KeepsTransparentPixels() => Assert.Equal(
        "[[0, 0, 255], [0, 0, 255], [0, 0, 255], [0, 0, 255], [0, 0, 255], [0, 0, 255]]",
        Quantize(ClearBlue, ClearBlue).ToJson());

    [Fact]
    public void Quantize_HistogramOfCounts_SaysSo()
    {
        using ColorHistogram histogram = Histograms.Of(Red);

        Assert.Throws<ArgumentException>(() => new OklabQuantizer(colorCount: 6).Quantize(histogram));
    }

    [Fact]
    public void Quantize_AfterWarmUp_AllocatesNothing()
    {
        var quantizer = new OklabQuantizer(colorCount: 6);
        var random = new Random(1);
        using ColorHistogram histogram = Histograms.SumsOf(
            [.. Enumerable.Range(0, 40_000).Select(_ => 0xFF000000 | (uint)random.Next(1 << 24))]);
        quantizer.Quantize(histogram);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int time = 0; time < 20; time++)
        {
            quantizer.Quantize(histogram);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static Palette Quantize(params uint[] pixels)
    {
        using ColorHistogram histogram = Histograms.SumsOf(pixels);
        return new OklabQuantizer(colorCount: 6).Quantize(histogram);
    }

    private static double[] Shares(Palette palette) => [.. Enumerable.Range(0, palette.Count).Select(palette.Population)];
}
