using PaletteEtl.Palettes;

namespace Etl.Tests.Palettes;

/// <summary>Palettes of other than six colours, of which the reference often has one fewer than asked for.</summary>
public sealed class MedianCutCountTests
{
    private static readonly uint Red = Histograms.Pixel(255, 0, 0);

    public static TheoryData<int> CountsOfWhichTheReferenceLacksOne => [.. Enumerable.Range(8, Palette.MaxColors - 7)];

    public static TheoryData<int> CountsOtherThanSix => [.. Enumerable.Range(3, Palette.MaxColors - 2).Where(count => count != 6)];

    /// <summary>Thirty dark colours, and a frequent one at the far end of its box, which the reference cuts into itself and an empty box
    /// again and again.</summary>
    private static uint[] PixelsOfEmptyBoxes =>
    [
        .. Enumerable.Range(0, 30).Select(step => Histograms.Pixel(0, step * 8, step * 8)),
        .. Enumerable.Repeat(Histograms.Pixel(248, 248, 248), 5_000),
    ];

    [Theory]
    [MemberData(nameof(CountsOfWhichTheReferenceLacksOne))]
    public void Quantize_ReferenceHasOneColourFewer_AppendsOneToTheReferences(int colors)
    {
        uint[] pixels = Noise(2_000);

        Rgb[] reference = ReferenceColors(pixels, colors);
        Rgb[] palette = Quantize(pixels, colors);

        Assert.Equal(colors - 1, reference.Length);
        Assert.Equal(reference, palette[..^1]);
        Assert.Distinct(palette);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Quantize_ReferenceHasOneColourMore_LeavesTheLastOut(int colors)
    {
        uint[] pixels = Noise(2_000);

        Rgb[] reference = ReferenceColors(pixels, colors);

        Assert.Equal(colors + 1, reference.Length);
        Assert.Equal(reference[..^1], Quantize(pixels, colors));
    }

    [Theory]
    [MemberData(nameof(CountsOtherThanSix))]
    public void Quantize_EmptyBoxesAmongTheReferences_AppendsColoursUntilThereAreEnough(int colors)
    {
        Rgb[] reference = ReferenceColors(PixelsOfEmptyBoxes, colors);
        Rgb[] palette = Quantize(PixelsOfEmptyBoxes, colors);

        Assert.Equal(2, reference.Length);
        Assert.Equal(reference, palette[..2]);
        Assert.Distinct(palette);
    }

    [Fact]
    public void Quantize_SixColoursAndEmptyBoxes_RepeatsTheReferences()
    {
        Rgb[] reference = ReferenceColors(PixelsOfEmptyBoxes, 6);

        Assert.Equal(2, reference.Length);
        Assert.Equal([.. reference, .. reference, .. reference], Quantize(PixelsOfEmptyBoxes, 6));
    }

    [Theory]
    [InlineData(44, 42, 252)]
    [InlineData(42, 44, 196)]
    public void Quantize_BoxIsCutFurther_AppendsTheColourOfItsSmallerPart(int dark, int light, int appended)
    {
        // The reference's seven boxes have one grey each, but for the last two greys, which share a box.
        uint[] pixels =
        [
            .. Greys(8, 8), .. Greys(16, 52), .. Greys(88, 6), .. Greys(112, 4), .. Greys(120, 8), .. Greys(176, 60),
            .. Greys(192, dark), .. Greys(248, light),
        ];

        Assert.Equal(ReferenceColors(pixels, 8), Quantize(pixels, 8)[..^1]);
        Assert.Equal(appended, Quantize(pixels, 8)[^1].R);
    }

    [Fact]
    public void Quantize_SmallerPartHasAColourOfThePalette_AppendsTheOther()
    {
        uint[] pixels = [.. Greys(56, 2), .. Greys(72, 1), .. Greys(104, 1), .. Greys(200, 4)];

        Assert.Equal([204, 76, 108, 60, 204, 76, 108, 60], Quantize(pixels, 8).Select(color => (int)color.R));
    }

    [Fact]
    public void Quantize_FewerColoursThanAskedFor_RepeatsThemInOrder()
    {
        uint[] pixels = [.. Enumerable.Repeat(Red, 3), .. Enumerable.Repeat(Histograms.Pixel(0, 0, 0), 2), Histograms.Pixel(0, 200, 0)];

        Rgb[] palette = Quantize(pixels, 10);

        Assert.Distinct(palette[..3]);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => palette[i % 3]), palette);
    }

    [Fact]
    public void Quantize_FurtherCutsGiveEnoughColours_LeavesWhiteOut()
    {
        uint[] pixels = Noise(2_000);

        Assert.Equal(Quantize(pixels, 10), Quantize([.. pixels, .. Enumerable.Repeat(Histograms.White, 5_000)], 10));
    }

    [Fact]
    public void Quantize_FurtherCutsGiveTooFewColours_LetsWhiteIn() => Assert.Contains(
        new Rgb(252, 252, 252), Quantize([Red, Red, Histograms.Pixel(0, 0, 0), Histograms.White, Histograms.White], 10));

    [Fact]
    public void Quantize_FurtherCutsGiveTooFewColours_LeavesTransparentOnesOut() => Assert.DoesNotContain(
        new Rgb(4, 4, 252), Quantize([Red, Red, Histograms.Pixel(0, 0, 0), Histograms.Pixel(0, 0, 255, alpha: 0)], 10));

    private static IEnumerable<uint> Greys(int value, int count) => Enumerable.Repeat(Histograms.Pixel(value, value, value), count);

    private static uint[] Noise(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => 0xFF000000 | (uint)random.Next(0xF0F0F0))];
    }

    private static Rgb[] Quantize(uint[] pixels, int colors)
    {
        using ColorHistogram histogram = Histograms.Of(pixels);
        return new MedianCutQuantizer(colors).Quantize(histogram).ToArray();
    }

    private static Rgb[] ReferenceColors(uint[] pixels, int colors)
    {
        using ColorHistogram histogram = Histograms.Of(pixels);
        return
        [
            .. ReferenceMedianCut.Boxes(Histograms.ByChannel(histogram.Counts), colors)
                .Where(box => box.Count > 0).Select(box => new Rgb((byte)box.R, (byte)box.G, (byte)box.B)),
        ];
    }
}
