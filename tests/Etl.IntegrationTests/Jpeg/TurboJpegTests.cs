using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;
using PaletteEtl.Palettes;
using SkiaSharp;

namespace Etl.IntegrationTests.Jpeg;

/// <summary>libturbojpeg against Skia: the same pixels, the same palettes, the same failures.</summary>
public sealed class TurboJpegTests
{
    private static readonly DecodeOptions Turbo = new() { TurboJpeg = LibraryUse.Require };
    private static readonly DecodeOptions Skia = new() { TurboJpeg = LibraryUse.Never };

    /// <summary>The project's own files, and whether libturbojpeg decodes them.</summary>
    public static TheoryData<string, bool> Own => new()
    {
        { "baseline.jpg", true },
        { "progressive.jpg", true },
        { "Jpeg/grey.jpg", true },
        { "Jpeg/422.jpg", true },
        { "Jpeg/restarts.jpg", true },
        { "Jpeg/scans.jpg", true },
        { "Jpeg/440.jpg", false }, // scaled up differently by older versions
        { "Jpeg/lacking.jpg", false }, // without the scans of two components
        { "Jpeg/rgb.jpg", false },
        { "Jpeg/arithmetic.jpg", false },
    };

    [Theory]
    [MemberData(nameof(Own))]
    public void TryDecode_OwnFile_GivesThePixelsOfSkiaOrNone(string file, bool isDecoded)
    {
        Assert.SkipUnless(LibTurboJpeg.IsPresent, JpegFiles.NoLibrary);

        using Cover cover = JpegFiles.Cover(Asset.Bytes(file));

        Assert.All(TurboJpegPixels.Scales, scale =>
        {
            byte[]? pixels = TurboJpegPixels.ByTurbo(cover, scale);
            Assert.Equal(isDecoded, pixels is not null);
            Assert.True(pixels is null || pixels.AsSpan().SequenceEqual(TurboJpegPixels.BySkia(cover, scale)));
        });
    }

    [Fact]
    public void Decode_EveryOwnFile_EndsAsWithSkia()
    {
        Assert.SkipUnless(LibTurboJpeg.IsPresent, JpegFiles.NoLibrary);

        JpegEnding[] endings = [.. JpegEnding.OfAll(JpegFiles.Own.Select(file => (Path.GetFileName(file), File.ReadAllBytes(file))))];

        Assert.DoesNotContain(endings, ending => ending.BySkia != ending.ByTurbo);
    }

    [Theory]
    [InlineData(150, 150, QuantizeAlgorithm.ColorThief, 150, 150)]
    [InlineData(150, 150, QuantizeAlgorithm.Oklab, 150, 150)]
    [InlineData(201, 301, QuantizeAlgorithm.ColorThief, 201, 301)]
    [InlineData(201, 301, QuantizeAlgorithm.Oklab, 101, 151)]
    public void Decode_TooSmallForTheDcReader_IsByTheLibraryAtTheScaleOfTheMode(
        int width, int height, QuantizeAlgorithm algorithm, int decodedWidth, int decodedHeight)
    {
        Assert.SkipUnless(LibTurboJpeg.IsPresent, JpegFiles.NoLibrary);

        using var bitmap = new SKBitmap(width, height);
        using SKData encoded = bitmap.Encode(SKEncodedImageFormat.Jpeg, quality: 90);

        using DecodedCover decoded = Decoders.Of(Turbo, algorithm).Decode(JpegFiles.Cover(encoded.ToArray()));

        Assert.Equal(DecoderNames.TurboJpeg, decoded.Decoding.Decoder);
        Assert.Equal((decodedWidth, decodedHeight), (decoded.Decoding.DecodedWidth, decoded.Decoding.DecodedHeight));
    }

    [Fact]
    public void Decode_AfterAnother_IsAsAlone()
    {
        Assert.SkipUnless(LibTurboJpeg.IsPresent, JpegFiles.NoLibrary);

        string[] files = JpegFiles.Own;
        DecodedJpeg[] alone = [.. files.Select(file => JpegFiles.Decode(File.ReadAllBytes(file), Skia))];

        Assert.All(files, before => Assert.All(files.Zip(alone), pair =>
        {
            JpegFiles.Decode(File.ReadAllBytes(before), Turbo);
            Assert.Equal(pair.Second, JpegFiles.Decode(File.ReadAllBytes(pair.First), Turbo));
        }));
    }
}
