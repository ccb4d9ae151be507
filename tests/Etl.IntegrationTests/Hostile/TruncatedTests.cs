using System.Globalization;
using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats.Jpeg;
using PaletteEtl.Hosting;
using PaletteEtl.Model;
using PaletteEtl.Palettes;
using SkiaSharp;

namespace Etl.IntegrationTests.Hostile;

/// <summary>Covers that end too early, with and without <c>Etl:Decode:AcceptTruncated</c>.</summary>
public sealed class TruncatedTests
{
    private static readonly DecodeOptions Accepting = new() { AcceptTruncated = true };

    [Fact]
    public void Decode_HalfABaselineJpeg_CountsTheRowsThatWereThere()
    {
        byte[] whole = Asset.Bytes("baseline.jpg");
        byte[] half = whole[..(whole.Length * 6 / 10)];
        var error = Assert.Throws<CoverException>(() => Decode(half, new DecodeOptions()));
        int rows = int.Parse(error.Message.Split(": ")[1].Split(' ')[0], CultureInfo.InvariantCulture);

        using ColorHistogram histogram = Decode(half, Accepting);

        Assert.InRange(rows, 16, 80);
        using ColorHistogram expected = OfRows(whole, rows);
        Assert.True(expected.Counts.SequenceEqual(histogram.Counts));
        Assert.Equal(expected.White, histogram.White);
    }

    [Theory]
    [InlineData("rgba.png")]
    [InlineData("palette.png")]
    [InlineData("interlaced.png")]
    [InlineData("lossless.webp")]
    [InlineData("lossy.webp")]
    [InlineData("animated.gif")]
    [InlineData("picture.bmp")]
    [InlineData("baseline.jpg")]
    [InlineData("progressive.jpg")]
    public void Extract_CutOffAnywhere_GivesAPaletteOrIsTruncated(string file)
    {
        byte[] whole = Asset.Bytes(file);
        var extractor = new PaletteExtractor(new EtlOptions { Decode = { AcceptTruncated = true } });
        int palettes = 0;
        for (int length = 12; length < whole.Length; length++)
        {
            try
            {
                Assert.Equal(6, extractor.Extract(whole.AsSpan(0, length)).Count);
                palettes++;
            }
            catch (CoverException error)
            {
                Assert.Equal(FailureReason.Truncated, error.Reason);
            }
        }

        Assert.InRange(palettes, 10, whole.Length);
    }

    [Theory]
    [InlineData("rgba.png", 0.6)]
    [InlineData("palette.png", 0.6)]
    [InlineData("lossless.webp", 0.6)]
    [InlineData("animated.gif", 0.3)] // most of it are later frames
    [InlineData("picture.bmp", 0.6)]
    public void Decode_PartOfACover_CountsPixelsOfThePictureAlone(string file, double share)
    {
        byte[] whole = Asset.Bytes(file);

        using ColorHistogram part = Decode(whole[..(int)(whole.Length * share)], Accepting);

        using ColorHistogram all = Decode(whole, new DecodeOptions());
        int[] counts = all.Counts.ToArray();
        Assert.All(part.Counts.ToArray().Zip(counts), pair => Assert.InRange(pair.First, 0, pair.Second));
        Assert.InRange(part.Counts.ToArray().Sum(), 1, counts.Sum() - 1);
    }

    [Fact]
    public void Decode_ProgressiveJpegWithoutItsLastScans_CountsEveryRow()
    {
        byte[] whole = Asset.Bytes("progressive.jpg");

        using ColorHistogram part = Decode(whole[..(whole.Length * 8 / 10)], Accepting);

        using ColorHistogram all = Decode(whole, new DecodeOptions());
        Assert.Equal(all.Counts.ToArray().Sum() + all.White, part.Counts.ToArray().Sum() + part.White);
    }

    [Theory]
    [InlineData("baseline.jpg")]
    [InlineData("progressive.jpg")]
    public void Extract_JpegLacksItsEndAlone_IsTruncatedAsForTheReference(string file)
    {
        byte[] part = Asset.Bytes(file)[..^2]; // the decoder waits for more before it gives the last blocks

        Assert.Equal(FailureReason.Truncated, Assert.Throws<CoverException>(() => new PaletteExtractor().Extract(part)).Reason);
        Assert.Equal(6, new PaletteExtractor(new EtlOptions { Decode = { AcceptTruncated = true } }).Extract(part).Count);
    }

    [Fact]
    public void Extract_DamagedCover_IsCorruptAllTheSame()
    {
        byte[] png = Asset.Bytes("rgba.png");
        png.AsSpan(png.Length / 2, 20).Clear();
        var extractor = new PaletteExtractor(new EtlOptions { Decode = { AcceptTruncated = true } });

        Assert.Equal(FailureReason.Corrupt, Assert.Throws<CoverException>(() => extractor.Extract(png)).Reason);
    }

    [Fact]
    public void Extract_CutOffProgressiveJpeg_NeedsItsPixelsBesidesItsCoefficients()
    {
        byte[] whole = Asset.Bytes("progressive.jpg");
        byte[] part = whole[..(whole.Length * 8 / 10)];
        long needed = JpegHeader.Read(whole).CoefficientBytes + (60 * 32 * 4) + (60 * 90 * 4);
        var enough = new PaletteExtractor(new EtlOptions { Decode = { AcceptTruncated = true, MemoryBudgetBytes = needed } });
        var less = new PaletteExtractor(new EtlOptions { Decode = { AcceptTruncated = true, MemoryBudgetBytes = needed - 1 } });

        Assert.Equal(6, enough.Extract(part).Count);
        Assert.Equal(FailureReason.TooManyPixels, Assert.Throws<CoverException>(() => less.Extract(part)).Reason);
    }

    private static ColorHistogram Decode(byte[] bytes, DecodeOptions options)
    {
        var data = new NativeBuffer(bytes.Length);
        bytes.CopyTo(data.GetSpan());
        return Decoders.Of(options).Decode(new Cover(data, new CoverVersion(null, null, null), reservation: null)).Histogram;
    }

    private static ColorHistogram OfRows(byte[] image, int rows)
    {
        using SKBitmap bitmap = SKBitmap.Decode(image);
        IEnumerable<uint> pixels = bitmap.Pixels.Take(rows * bitmap.Width).Where((_, i) => i % 10 == 0)
            .Select(color => Histograms.Pixel(color.Red, color.Green, color.Blue));
        return Histograms.Of([.. pixels]);
    }
}
