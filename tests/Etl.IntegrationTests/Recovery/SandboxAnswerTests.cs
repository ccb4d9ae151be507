using Etl.Host.Recovery;
using PaletteEtl.Covers;
using PaletteEtl.Palettes;

namespace Etl.IntegrationTests.Recovery;

public sealed class SandboxAnswerTests
{
    private static readonly uint[] Pixels =
        [Histograms.White, Histograms.Pixel(1, 2, 3), Histograms.Pixel(4, 5, 6), Histograms.Pixel(200, 100, 50), Histograms.Pixel(9, 9, 9, alpha: 0)];

    [Fact]
    public void Read_HistogramOfCounts_IsTheOneWritten()
    {
        using ColorHistogram histogram = Histograms.Of(Pixels);

        using ColorHistogram read = Passed(histogram).Histogram;

        Assert.Equal(histogram.White, read.White);
        Assert.Equal(histogram.Counts, read.Counts);
        Assert.Equal(histogram.Transparent, read.Transparent);
    }

    [Fact]
    public void Read_HistogramOfSums_GivesThePaletteOfTheOneWritten()
    {
        using ColorHistogram histogram = Histograms.SumsOf(Pixels);

        using ColorHistogram read = Passed(histogram).Histogram;

        Assert.Equal((3, 1), (read.Sums!.Count, read.TransparentSums!.Count));
        Assert.Equal(Quantize(histogram), Quantize(read));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_OpaquePixels_HasNoTransparentOnes(bool hasSums)
    {
        using ColorHistogram histogram = hasSums ? Histograms.SumsOf(Histograms.White) : Histograms.Of(Histograms.White);

        using ColorHistogram read = Passed(histogram).Histogram;

        Assert.False(read.HasTransparent);
    }

    [Fact]
    public void Read_HistogramOfBoth_IsTheOneWritten()
    {
        using ColorHistogram histogram = Histograms.BothOf(Pixels);

        using ColorHistogram read = Passed(histogram).Histogram;

        Assert.Equal(histogram.Counts, read.Counts);
        Assert.Equal(histogram.Transparent, read.Transparent);
        Assert.Equal(Quantize(histogram), Quantize(read));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("The cover is a damaged JPEG.", false)]
    [InlineData("The cover is a JPEG that ends too early: ä.", true)]
    public void Read_Damage_IsTheOneWritten(string? damage, bool hasSums)
    {
        using ColorHistogram histogram = hasSums ? Histograms.SumsOf(Pixels) : Histograms.Of(Pixels);

        using DecodedCover read = Passed(histogram, damage);

        Assert.Equal(damage, read.Damage);
    }

    [Theory]
    [InlineData("libturbojpeg", 12)]
    [InlineData(null, null)]
    public void Read_Decoding_IsTheOneWritten(string? decoder, int? milliseconds)
    {
        using ColorHistogram histogram = Histograms.Of(Pixels);
        TimeSpan? elapsed = milliseconds is { } time ? TimeSpan.FromMilliseconds(time) : null;
        var decoding = new CoverDecoding(decoder, "WebP", Width: 500, Height: 700, DecodedWidth: 63, DecodedHeight: 88, Step: 2) { Elapsed = elapsed };

        using DecodedCover read = Passed(histogram, decoding: decoding);

        Assert.Equal(decoding, read.Decoding);
    }

    [Fact]
    public void CountPixels_AnyHistogram_CountsWhiteAndTransparentOnes()
    {
        using ColorHistogram counts = Histograms.Of(Pixels), sums = Histograms.SumsOf(Pixels), both = Histograms.BothOf(Pixels);

        Assert.All([counts, sums, both], static histogram => Assert.Equal(Pixels.Length, histogram.CountPixels()));
    }

    private static DecodedCover Passed(ColorHistogram histogram, string? damage = null, CoverDecoding decoding = default)
    {
        using var stream = new MemoryStream();
        SandboxAnswer.Write(stream, new DecodedCover(histogram, damage) { Decoding = decoding });
        stream.Position = 0;
        return SandboxAnswer.Read(stream);
    }

    private static Palette Quantize(ColorHistogram histogram) => new OklabQuantizer(colorCount: 6).Quantize(histogram);
}
