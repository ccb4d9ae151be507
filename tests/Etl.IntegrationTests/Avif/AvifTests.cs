using NetVips;
using PaletteEtl.Hosting;
using PaletteEtl.Model;
using PaletteEtl.Palettes;
using SkiaSharp;

namespace Etl.IntegrationTests.Avif;

public sealed class AvifTests
{
    /// <summary>A step of 8 bits in one channel is 0.004; two colours that one can just tell apart are about 0.02.</summary>
    private const double JustVisible = 0.02;

    private readonly PaletteExtractor _extractor = new();

    [Theory]
    [InlineData(8, 3, Enums.ForeignSubsample.Off)]
    [InlineData(8, 3, Enums.ForeignSubsample.On)]
    [InlineData(8, 4, Enums.ForeignSubsample.Off)]
    [InlineData(10, 3, Enums.ForeignSubsample.Off)]
    [InlineData(10, 4, Enums.ForeignSubsample.On)]
    [InlineData(12, 3, Enums.ForeignSubsample.On)]
    [InlineData(12, 4, Enums.ForeignSubsample.Off)]
    public void Extract_SamePictureAsAvifAndPng_GivesPalettesThatLookTheSame(int bits, int channels, Enums.ForeignSubsample chroma)
    {
        using SKBitmap picture = AvifPicture.Draw();

        Palette avif = _extractor.Extract(AvifPicture.Encode(picture, bits, channels, chroma));

        Palette png = _extractor.Extract(AvifPicture.Png(picture));
        Assert.True(Oklab.Distance(avif, png) < JustVisible, $"{avif.ToJson()} and {png.ToJson()}");
    }

    [Fact]
    public void Extract_OtherPicture_GivesAPaletteThatLooksDifferent() => Assert.True(
        Oklab.Distance(_extractor.ExtractFile(Asset.PathOf("lossy.avif")), _extractor.ExtractFile(Asset.PathOf("animated.gif"))) > JustVisible);

    [Fact]
    public void Extract_AlphaOnEitherSideOfTheThreshold_IsCountedOrNotAsInAPng()
    {
        using SKBitmap below = AvifPicture.Draw(redAlpha: 120);
        using SKBitmap above = AvifPicture.Draw(redAlpha: 130);
        // Four colours, because a palette of six would also count transparent pixels.
        var extractor = new PaletteExtractor(new EtlOptions { Quantize = { ColorCount = 4 } });

        Palette counted = extractor.Extract(AvifPicture.Encode(above));
        Palette uncounted = extractor.Extract(AvifPicture.Encode(below));

        Assert.True(Oklab.Distance(counted, extractor.Extract(AvifPicture.Png(above))) < JustVisible);
        Assert.True(Oklab.Distance(uncounted, extractor.Extract(AvifPicture.Png(below))) < JustVisible);
        Assert.True(Oklab.Distance(counted, uncounted) > JustVisible);
    }

    [Fact]
    public void Extract_OneChannel_GivesGreys()
    {
        using SKBitmap picture = AvifPicture.Draw();

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
        using SKBitmap picture = AvifPicture.Draw();
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
        using SKBitmap picture = AvifPicture.Draw();
        byte[][] pictures = [Asset.Bytes("lossy.avif"), AvifPicture.Encode(picture), Asset.Bytes("rgba.png")];
        Palette[] expected = [.. pictures.Select(bytes => _extractor.Extract(bytes))];

        Parallel.For(0, 60, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
            Assert.Equal(expected[i % pictures.Length], _extractor.Extract(pictures[i % pictures.Length])));
    }
}
