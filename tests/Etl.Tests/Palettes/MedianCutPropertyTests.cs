using CsCheck;
using PaletteEtl.Palettes;

namespace Etl.Tests.Palettes;

public sealed class MedianCutPropertyTests
{
    [Fact]
    public void Quantize_AnyPixels_GivesExactlyTheColoursAskedFor() =>
        Gen.Select(Histograms.AnyPixels, Gen.Int[2, Palette.MaxColors]).Sample((pixels, colors) =>
            Quantize(pixels, colors).Count == colors);

    [Fact]
    public void Quantize_AnyPixels_GivesColoursWithinTheirBins() =>
        Histograms.AnyPixels.Sample(pixels =>
        {
            Rgb[] colors = Quantize(pixels, 6).ToArray();

            AssertWithin([.. pixels.Select(pixel => (byte)pixel)], colors.Select(color => color.R));
            AssertWithin([.. pixels.Select(pixel => (byte)(pixel >> 8))], colors.Select(color => color.G));
            AssertWithin([.. pixels.Select(pixel => (byte)(pixel >> 16))], colors.Select(color => color.B));
        });

    [Fact]
    public void Quantize_PixelsInAnotherOrder_GivesTheSamePalette() =>
        Histograms.AnyOrders.Sample((pixels, shuffled) => Assert.Equal(Quantize(pixels, 6), Quantize(shuffled, 6)));

    [Fact]
    public void Quantize_SamePixelsTwice_GivesTheSamePalette() =>
        Gen.Select(Histograms.AnyPixels, Gen.Int[2, Palette.MaxColors]).Sample((pixels, colors) =>
            Quantize(pixels, colors) == Quantize(pixels, colors));

    private static Palette Quantize(uint[] pixels, int colors)
    {
        using ColorHistogram histogram = Histograms.Of(pixels);
        return new MedianCutQuantizer(colors).Quantize(histogram);
    }

    private static void AssertWithin(byte[] pixels, IEnumerable<byte> colors)
    {
        int low = pixels.Min() & ~7, high = pixels.Max() | 7;
        Assert.All(colors, color => Assert.InRange(color, low, high));
    }
}
