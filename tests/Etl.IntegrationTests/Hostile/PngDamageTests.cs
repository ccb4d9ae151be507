using System.Buffers.Binary;
using System.Text;
using PaletteEtl.Hosting;
using PaletteEtl.Model;

namespace Etl.IntegrationTests.Hostile;

/// <summary>Damage of a PNG that leaves all its rows readable.</summary>
public sealed class PngDamageTests
{
    private readonly PaletteExtractor _extractor = new();
    private readonly PaletteExtractor _strict = new(new EtlOptions { Decode = { Strict = true } });

    [Theory]
    [InlineData("rgba.png")]
    [InlineData("palette.png")]
    [InlineData("interlaced.png")]
    public void Examine_WholePng_FindsNoDamage(string file) => Assert.Null(_strict.Examine(Asset.Bytes(file)).Damage);

    [Theory]
    [InlineData("rgba.png")]
    [InlineData("palette.png")]
    [InlineData("interlaced.png")]
    public void Examine_ChecksumOfThePixelsIsWrong_IsCorrupt(string file)
    {
        byte[] png = Asset.Bytes(file);
        int data = png.AsSpan().LastIndexOf("IDAT"u8) - 4;
        png[data + 8 + BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(data))] ^= 1;

        Assert.Equal(FailureReason.Corrupt, Assert.Throws<CoverException>(() => _extractor.Examine(png)).Reason);
    }

    [Theory]
    [InlineData("rgba.png", "tEXt", "IDAT")]
    [InlineData("palette.png", "tRNS", "IDAT")]
    [InlineData("interlaced.png", "tIME", "IEND")]
    public void Examine_ChecksumOfAnotherChunkIsWrong_IsDamaged(string file, string chunk, string before)
    {
        byte[] whole = Asset.Bytes(file);
        int place = whole.AsSpan().IndexOf(Encoding.ASCII.GetBytes(before)) - 4;
        byte[] png = [.. whole[..place], 0, 0, 0, 1, .. Encoding.ASCII.GetBytes(chunk), 7, 1, 2, 3, 4, .. whole[place..]];

        ExtractedPalette examined = _extractor.Examine(png);
        var refused = Assert.Throws<CoverException>(() => _strict.Extract(png));

        Assert.Equal(_extractor.Extract(whole), examined.Palette);
        Assert.Equal($"The cover is a damaged PNG: the checksum of its chunk {chunk} is wrong.", examined.Damage);
        Assert.Equal((FailureReason.Corrupt, examined.Damage), (refused.Reason, refused.Message));
    }

    [Fact]
    public void Examine_NoEndChunk_IsDamaged()
    {
        byte[] png = Asset.Bytes("rgba.png")[..^12];

        Assert.Equal("The cover is a PNG that ends too early: it has no IEND chunk.", _extractor.Examine(png).Damage);
        Assert.Equal(FailureReason.Truncated, Assert.Throws<CoverException>(() => _strict.Extract(png)).Reason);
    }
}
