using PaletteEtl.Palettes;

namespace Etl.Contracts.Palettes;

/// <summary>Contract tests for quantizers.</summary>
/// <param name="quantizer">The quantizer.</param>
/// <param name="colors">The number of colours of its palettes.</param>
public abstract class QuantizerContract(IQuantizer quantizer, int colors)
{
    /// <summary>The width of a bin, which is as near as a quantizer of counts alone can come.</summary>
    private const int BinWidth = 256 / ColorHistogram.Side;

    [Fact]
    public void Quantize_AnyPixels_GivesTheColorsAskedFor() =>
        Assert.All(SomePixels(), pixels => Assert.Equal(colors, Quantize(pixels).Count));

    [Fact]
    public void Quantize_NoPixels_GivesNoColors() => Assert.Empty(Quantize([]));

    [Fact]
    public void Quantize_OneColor_GivesThatColor()
    {
        var color = new Rgb(40, 120, 200);

        Assert.All(Quantize([color, color, color]), given => Assert.True(
            Math.Abs(given.R - color.R) <= BinWidth && Math.Abs(given.G - color.G) <= BinWidth && Math.Abs(given.B - color.B) <= BinWidth,
            $"{given} is not near {color}."));
    }

    [Fact]
    public void Quantize_DarkPixels_GivesNoBrightColor()
    {
        Rgb[] pixels = Pixels(new Random(1), count: 500, max: 60);

        Assert.All(Quantize(pixels), color => Assert.True(
            Math.Max(color.R, Math.Max(color.G, color.B)) < 60 + BinWidth, $"{color} is brighter than any pixel."));
    }

    [Fact]
    public void Quantize_PixelsInAnotherOrder_GivesTheSamePalette()
    {
        foreach (Rgb[] pixels in SomePixels())
        {
            Palette palette = Quantize(pixels);
            new Random(2).Shuffle(pixels);
            Assert.Equal(palette, Quantize(pixels));
        }
    }

    [Fact]
    public void Quantize_AnyPixels_GivesAPopulationOrNone()
    {
        foreach (Rgb[] pixels in SomePixels())
        {
            Palette palette = Quantize(pixels);
            Assert.Equal(quantizer.HasPopulation, palette.HasPopulation);
            double sum = Enumerable.Range(0, palette.Count).Sum(palette.Population);
            Assert.Equal(quantizer.HasPopulation ? 1 : 0, sum, tolerance: 0.005);
        }
    }

    [Fact]
    public void Quantize_ManyAtOnce_GivesThePalettesOfOneByOne()
    {
        Rgb[][] pictures = [.. SomePixels()];
        Palette[] expected = [.. pictures.Select(Quantize)];

        var palettes = new Palette[pictures.Length];
        Parallel.For(0, pictures.Length, i => palettes[i] = Quantize(pictures[i]));

        Assert.Equal(expected, palettes);
    }

    private Palette Quantize(Rgb[] pixels)
    {
        using ColorHistogram histogram = ColorHistogram.Of(pixels, quantizer.Needs);
        return quantizer.Quantize(histogram);
    }

    private static IEnumerable<Rgb[]> SomePixels()
    {
        var random = new Random(3);
        yield return [new Rgb(1, 2, 3)];
        yield return [new Rgb(255, 255, 255)];
        yield return [new Rgb(0, 0, 0), new Rgb(255, 255, 255)];
        for (int i = 0; i < 20; i++)
        {
            yield return Pixels(random, random.Next(1, 2_000), max: 255);
        }
    }

    private static Rgb[] Pixels(Random random, int count, int max)
    {
        var pixels = new Rgb[count];
        foreach (ref Rgb pixel in pixels.AsSpan())
        {
            pixel = new Rgb((byte)random.Next(max + 1), (byte)random.Next(max + 1), (byte)random.Next(max + 1));
        }

        return pixels;
    }
}
