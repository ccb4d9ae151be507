using Etl.Pipeline;
using Etl.Quantize;
using NetVips;
using SkiaSharp;

namespace Etl.IntegrationTests.Avif;

public sealed class AvifTests
{
    /// <summary>A step of 8 bits in one channel is 0.004; two colours that one can just tell apart are about 0.02.</summary>
    private const double JustVisible = 0.02;

    private readonly PaletteExtractor _extractor = new();

    [Theory]
    [InlineData(8, 3)]
    [InlineData(8, 4)]
    [InlineData(10, 3)]
    [InlineData(10, 4)]
    [InlineData(12, 3)]
    [InlineData(12, 4)]
    public void Extract_SamePictureAsAvifAndPng_GivesPalettesThatLookTheSame(int bits, int channels)
    {
        using SKBitmap picture = AvifPicture.Landscape();

        AssertLooksTheSame(_extractor, picture, AvifPicture.Encode(picture, bits, channels));
    }

    /// <summary>Of four colours, as the fifth and sixth are made of edges, which half the resolution mixes.</summary>
    [Theory]
    [InlineData(8)]
    [InlineData(12)]
    public void Extract_ColoursOfHalfTheResolution_GivesPalettesThatLookTheSame(int bits)
    {
        using SKBitmap picture = AvifPicture.Landscape();
        var extractor = new PaletteExtractor(new EtlOptions { Quantize = { ColorCount = 4 } });

        AssertLooksTheSame(extractor, picture, AvifPicture.Encode(picture, bits, chroma: Enums.ForeignSubsample.On));
    }

    [Fact]
    public void Extract_OtherPicture_GivesAPaletteThatLooksDifferent() => Assert.True(
        Oklab.Distance(_extractor.ExtractFile(Asset.PathOf("lossy.avif")), _extractor.ExtractFile(Asset.PathOf("animated.gif"))) > JustVisible);

    [Theory]
    [InlineData(120, false)]
    [InlineData(130, true)]
    public void Extract_SunNearTheThresholdOfAlpha_IsCountedOrNot(byte alpha, bool counted)
    {
        using SKBitmap picture = AvifPicture.Landscape(alpha);

        Palette palette = _extractor.Extract(AvifPicture.Encode(picture));

        Assert.Equal(counted, palette.ToArray().Any(color => color is { R: > 240, G: > 190, B: < 80 }));
    }

    [Fact]
    public void Extract_OneChannel_GivesGreys()
    {
        using SKBitmap picture = AvifPicture.Landscape();

        Palette palette = _extractor.Extract(AvifPicture.Encode(picture, channels: 1));

        Assert.All(palette.ToArray(), color => Assert.True(color.R == color.G && color.G == color.B, palette.ToJson()));
        Assert.True(palette.ToArray().Distinct().Count() > 3);
    }

    [Fact]
    public void Extract_TurnedByTheFile_IsTurned()
    {
        var extractor = new PaletteExtractor(new EtlOptions { Decode = { MaxPixels = 1 } });

        Assert.Contains("60 x 90", Refusal("lossy.avif"), StringComparison.Ordinal);
        Assert.Contains("90 x 60", Refusal("turned.avif"), StringComparison.Ordinal);

        string Refusal(string file) => Assert.Throws<CoverException>(() => extractor.ExtractFile(Asset.PathOf(file))).Message;
    }

    [Fact]
    public void Extract_BrandBehindAnother_IsReadAllTheSame()
    {
        byte[] avif = Asset.Bytes("lossy.avif");
        "mif1"u8.CopyTo(avif.AsSpan(8)); // the major brand; avif becomes a compatible one
        "avif"u8.CopyTo(avif.AsSpan(16));

        Assert.Equal(_extractor.ExtractFile(Asset.PathOf("lossy.avif")), _extractor.Extract(avif));
    }

    [Fact]
    public void Extract_HeaderSaysLessPixelsThanTheFrameHas_FailsAsCorrupt()
    {
        using SKBitmap picture = AvifPicture.Landscape();
        byte[] avif = AvifPicture.Encode(picture);
        int size = avif.AsSpan().IndexOf("ispe"u8) + 8;
        avif.AsSpan(size, 8).Clear();
        (avif[size + 3], avif[size + 7]) = (16, 16);

        Assert.Equal(FailureReason.Corrupt, Assert.Throws<CoverException>(() => _extractor.Extract(avif)).Reason);
    }

    [Fact]
    public void Extract_DamagedInManyPlaces_FailsWithAReasonOrGivesAPalette()
    {
        byte[] whole = Asset.Bytes("lossy.avif");
        var random = new Random(1);
        for (int time = 0; time < 300; time++)
        {
            byte[] damaged = [.. whole];
            for (int place = 0; place <= time % 4; place++)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            Exception? thrown = Record.Exception(() => Assert.Equal(6, _extractor.Extract(damaged).Count));

            Assert.True(thrown is null or CoverException { Reason: not FailureReason.Internal }, $"{time}: {thrown}");
        }
    }

    [Fact]
    public void Extract_ManyAtOnce_GivesEachItsOwnPalette()
    {
        using SKBitmap picture = AvifPicture.Landscape();
        byte[][] pictures = [Asset.Bytes("lossy.avif"), AvifPicture.Encode(picture), Asset.Bytes("rgba.png")];
        Palette[] expected = [.. pictures.Select(bytes => _extractor.Extract(bytes))];

        Parallel.For(0, 60, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
            Assert.Equal(expected[i % pictures.Length], _extractor.Extract(pictures[i % pictures.Length])));
    }

    private static void AssertLooksTheSame(PaletteExtractor extractor, SKBitmap picture, byte[] encoded)
    {
        Palette avif = extractor.Extract(encoded);
        Palette png = extractor.Extract(AvifPicture.Png(picture));

        Assert.True(Oklab.Distance(avif, png) < JustVisible, $"{avif.ToJson()} and {png.ToJson()}");
    }
}
