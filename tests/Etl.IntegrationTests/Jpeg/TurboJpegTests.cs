using System.Runtime.InteropServices;
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

    /// <summary>The scales of the Oklab palettes, as denominators.</summary>
    public static TheoryData<int> Scales => [1, 2, 4, 8];

    [Theory]
    [MemberData(nameof(Own))]
    public void TryDecode_OwnFile_GivesThePixelsOfSkiaOrNone(string file, bool isDecoded)
    {
        Assert.SkipUnless(LibTurboJpeg.IsPresent, JpegFiles.NoLibrary);

        using Cover cover = JpegFiles.Cover(Asset.Bytes(file));

        Assert.All(Scales, scale =>
        {
            byte[]? pixels = Pixels(cover, scale);
            Assert.Equal(isDecoded, pixels is not null);
            Assert.True(pixels is null || pixels.AsSpan().SequenceEqual(PixelsBySkia(cover, scale)));
        });
    }

    [Theory]
    [MemberData(nameof(Scales))]
    public void TryDecode_EveryFile_GivesThePixelsOfSkiaOrNone(int scale)
    {
        Assert.SkipUnless(LibTurboJpeg.IsPresent, JpegFiles.NoLibrary);
        Assert.SkipWhen(ReferenceImages.Folder is null, ReferenceImages.Absent);

        (string File, bool IsDecoded, bool IsSame)[] all = [.. JpegFiles.All.AsParallel().Select(file => Compare(file, scale))];

        Assert.DoesNotContain(all, file => !file.IsSame);
        Assert.Equal(
            ["covers 237 of 245", "derived 4 of 7", "formats 16 of 29", "hostile 18 of 72"],
            all.Where(file => !JpegFiles.Own.Contains(file.File))
                .GroupBy(file => Path.GetFileName(Path.GetDirectoryName(file.File)), StringComparer.Ordinal)
                .OrderBy(files => files.Key, StringComparer.Ordinal)
                .Select(files => $"{files.Key} {files.Count(file => file.IsDecoded)} of {files.Count()}"));
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

    private static (string File, bool IsDecoded, bool IsSame) Compare(string file, int scale)
    {
        using Cover cover = JpegFiles.Cover(File.ReadAllBytes(file));
        byte[]? pixels = Pixels(cover, scale);
        return (file, pixels is not null, pixels is null || pixels.AsSpan().SequenceEqual(PixelsBySkia(cover, scale)));
    }

    /// <summary>The pixels of libturbojpeg; null when Skia decodes the cover.</summary>
    private static byte[]? Pixels(Cover cover, int scale)
    {
        using OpenedCover? opened = TryOpen(cover);
        if (opened is null)
        {
            return null;
        }

        var scaled = new SKSizeI((opened.Width + scale - 1) / scale, (opened.Height + scale - 1) / scale);
        using PixelBuffer pixels = PixelBuffer.Rent(scaled.Width, scaled.Height);
        return LibTurboJpeg.TryDecode(cover.Data, new SKSizeI(opened.Width, opened.Height), scaled, pixels, out _)
            ? MemoryMarshal.AsBytes(pixels.Pixels).ToArray()
            : null;
    }

    private static OpenedCover? TryOpen(Cover cover)
    {
        var deadline = new Deadline(Turbo.Timeout, TimeProvider.System);
        var context = new DecodeContext(
            Turbo, Decoders.SamplingOf(Turbo, QuantizeAlgorithm.ColorThief), Memory: long.MaxValue, Free: long.MaxValue, deadline);
        return TurboJpegCover.TryOpen(cover, new JpegFormat(), context);
    }

    private static ReadOnlySpan<byte> PixelsBySkia(Cover cover, int scale)
    {
        using var data = SKData.CreateCopy(cover.Data.GetSpan());
        using var codec = SKCodec.Create(data);
        SKSizeI size = codec.GetScaledDimensions(1f / scale);
        using var bitmap = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        Assert.Equal(SKCodecResult.Success, codec.GetPixels(bitmap.Info, bitmap.GetPixels()));
        return bitmap.GetPixelSpan().ToArray();
    }
}
