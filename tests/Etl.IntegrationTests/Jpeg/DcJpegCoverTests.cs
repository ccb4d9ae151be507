using PaletteEtl.Covers;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.IntegrationTests.Jpeg;

/// <summary>Which covers are read from their DC coefficients, and what becomes of those that are not.</summary>
public sealed class DcJpegCoverTests
{
    private const int Eighth = 50 * 50; // pixels of the large pictures

    private static readonly DecodeOptions Default = new();
    private static readonly DecodeOptions Codec = new() { DcReader = false };
    private static readonly DecodeOptions Strict = new() { Strict = true };

    [Theory]
    [InlineData("Jpeg/large.jpg")]
    [InlineData("Jpeg/large-progressive.jpg")]
    public void Decode_LargeEnough_CountsAnEighth(string file)
    {
        byte[] jpeg = Asset.Bytes(file);

        Assert.Equal(Eighth, Pixels(jpeg, Default));
        Assert.NotEqual(Eighth, Pixels(jpeg, Codec));
    }

    [Theory]
    [InlineData("baseline.jpg")]
    [InlineData("progressive.jpg")]
    public void Decode_Small_IsTheCodecs(string file)
    {
        byte[] jpeg = Asset.Bytes(file);

        Assert.Equal(Pixels(jpeg, Codec), Pixels(jpeg, Default));
        Assert.Equal(60 * 90, Pixels(jpeg, Default));
    }

    [Theory]
    [InlineData("Jpeg/large.jpg")]
    [InlineData("Jpeg/large-progressive.jpg")]
    public void Decode_Strict_CountsTheSameEighth(string file)
    {
        byte[] jpeg = Asset.Bytes(file);

        Assert.Equal(Eighth, Pixels(jpeg, Strict));
    }

    [Fact]
    public void Decode_AtFullSize_IsTheCodecs() =>
        Assert.Equal(400 * 400 / 10, Pixels(Asset.Bytes("Jpeg/large.jpg"), new DecodeOptions { Scale = DecodeScale.Full }));

    [Fact]
    public void Decode_DeclinedMidway_IsDecodedByTheCodecFromTheStart()
    {
        byte[] jpeg = Asset.Bytes("Jpeg/large.jpg");
        byte[] odd = [.. jpeg[..^2], 0, .. jpeg[^2..]]; // which Skia passes over

        Assert.Equal(Pixels(jpeg, Codec), Pixels(odd, Default));
    }

    [Theory]
    [InlineData("Jpeg/large.jpg")]
    [InlineData("Jpeg/large-progressive.jpg")]
    public void Decode_CutOff_FailsAsWithTheCodec(string file)
    {
        byte[] jpeg = Asset.Bytes(file);
        foreach (int length in new[] { jpeg.Length / 4, jpeg.Length / 2, jpeg.Length - 2 })
        {
            var error = Assert.Throws<CoverException>(() => Pixels(jpeg[..length], Default));
            Assert.Equal(Assert.Throws<CoverException>(() => Pixels(jpeg[..length], Codec)).Message, error.Message);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Decode_BudgetOfACodecAlone_IsTheCodecs(int less)
    {
        byte[] jpeg = Asset.Bytes("Jpeg/large.jpg");
        long needed = (400 * 16 * 2 * 4) + jpeg.Length + (400 * 400 / 4);

        int pixels = Pixels(jpeg, new DecodeOptions { MemoryBudgetBytes = needed + less });

        Assert.Equal(less == 0, pixels == Eighth);
    }

    private static int Pixels(byte[] jpeg, DecodeOptions options)
    {
        using DecodedCover decoded = Decoders.Of(options, QuantizeAlgorithm.Oklab).Decode(JpegFiles.Cover(jpeg));
        return decoded.Histogram.Sums!.Sums.ToArray().Sum(static sum => (int)sum[BinSums.CountLane]);
    }
}
