using PaletteEtl.Covers;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.IntegrationTests.Jpeg;

/// <summary>Which covers are read from their DC coefficients, and what becomes of those that are not.</summary>
public sealed class DcJpegCoverTests
{
    private const int Quarter = 100 * 100; // pixels of the large pictures

    private static readonly DecodeOptions Default = new();
    private static readonly DecodeOptions Codec = new() { DcReader = false };
    private static readonly DecodeOptions Strict = new() { Strict = true };

    [Theory]
    [InlineData("Jpeg/large.jpg")]
    [InlineData("Jpeg/large-progressive.jpg")]
    public void Decode_LargeEnough_CountsAQuarter(string file)
    {
        byte[] jpeg = Asset.Bytes(file);

        Assert.Equal((DecoderNames.DcCoefficients, Quarter), DecoderAndPixels(jpeg, Default));
        Assert.Equal((DecoderNames.Skia, Quarter), DecoderAndPixels(jpeg, new DecodeOptions { DcReader = false, TurboJpeg = LibraryUse.Never }));
    }

    [Theory]
    [InlineData("baseline.jpg")]
    [InlineData("progressive.jpg")]
    public void Decode_Small_IsTheCodecs(string file)
    {
        byte[] jpeg = Asset.Bytes(file);

        Assert.Equal(DecoderAndPixels(jpeg, Codec), DecoderAndPixels(jpeg, Default));
        Assert.Equal(60 * 90, DecoderAndPixels(jpeg, Default).Pixels);
    }

    [Theory]
    [InlineData("Jpeg/large.jpg")]
    [InlineData("Jpeg/large-progressive.jpg")]
    public void Decode_Strict_CountsTheSameQuarter(string file)
    {
        byte[] jpeg = Asset.Bytes(file);

        Assert.Equal((DecoderNames.DcCoefficients, Quarter), DecoderAndPixels(jpeg, Strict));
    }

    [Fact]
    public void Decode_AtFullSize_IsTheCodecs() =>
        Assert.NotEqual(
            DecoderNames.DcCoefficients, DecoderAndPixels(Asset.Bytes("Jpeg/large.jpg"), new DecodeOptions { Scale = DecodeScale.Full }).Decoder);

    [Fact]
    public void Decode_DeclinedMidway_IsDecodedByTheCodecFromTheStart()
    {
        byte[] jpeg = Asset.Bytes("Jpeg/large.jpg");
        byte[] odd = [.. jpeg[..^2], 0, .. jpeg[^2..]]; // which Skia passes over

        Assert.Equal((DecoderNames.Skia, Quarter), DecoderAndPixels(odd, Default));
    }

    [Theory]
    [InlineData("Jpeg/large.jpg")]
    [InlineData("Jpeg/large-progressive.jpg")]
    public void Decode_CutOff_FailsAsWithTheCodec(string file)
    {
        byte[] jpeg = Asset.Bytes(file);
        foreach (int length in new[] { jpeg.Length / 4, jpeg.Length / 2, jpeg.Length - 2 })
        {
            var error = Assert.Throws<CoverException>(() => DecoderAndPixels(jpeg[..length], Default));
            Assert.Equal(Assert.Throws<CoverException>(() => DecoderAndPixels(jpeg[..length], Codec)).Message, error.Message);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Decode_BudgetOfACodecAlone_IsTheCodecs(int less)
    {
        byte[] jpeg = Asset.Bytes("Jpeg/large.jpg");
        long needed = (400 * 16 * 2 * 4) + jpeg.Length + (400 * 400);

        string? decoder = DecoderAndPixels(jpeg, new DecodeOptions { MemoryBudgetBytes = needed + less }).Decoder;

        Assert.Equal(less == 0, decoder == DecoderNames.DcCoefficients);
    }

    private static (string? Decoder, int Pixels) DecoderAndPixels(byte[] jpeg, DecodeOptions options)
    {
        using DecodedCover decoded = Decoders.Of(options, QuantizeAlgorithm.Oklab).Decode(JpegFiles.Cover(jpeg));
        return (decoded.Decoding.Decoder, decoded.Histogram.Sums!.Sums.ToArray().Sum(static sum => (int)sum[BinSums.CountLane]));
    }
}
