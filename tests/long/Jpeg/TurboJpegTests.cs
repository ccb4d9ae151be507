using Etl.IntegrationTests;
using Etl.IntegrationTests.Jpeg;
using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;

namespace Etl.LongTests.Jpeg;

/// <summary>libturbojpeg and Skia on every JPEG beside the repository.</summary>
public sealed class TurboJpegTests
{
    public static TheoryData<int> Scales => [.. TurboJpegPixels.Scales];

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
    public void Decode_EveryFile_EndsAsWithSkia()
    {
        Assert.SkipUnless(LibTurboJpeg.IsPresent, JpegFiles.NoLibrary);
        Assert.SkipWhen(ReferenceImages.Folder is null, ReferenceImages.Absent);

        JpegEnding[] endings = [.. JpegEnding.OfAll(JpegFiles.All.Select(file => (Path.GetFileName(file), File.ReadAllBytes(file))))];

        Assert.DoesNotContain(endings, ending => ending.BySkia != ending.ByTurbo);
    }

    private static (string File, bool IsDecoded, bool IsSame) Compare(string file, int scale)
    {
        using Cover cover = JpegFiles.Cover(File.ReadAllBytes(file));
        byte[]? pixels = TurboJpegPixels.ByTurbo(cover, scale);
        return (file, pixels is not null, pixels is null || pixels.AsSpan().SequenceEqual(TurboJpegPixels.BySkia(cover, scale)));
    }
}
