using Etl.IntegrationTests;
using Etl.IntegrationTests.Jpeg;
using PaletteEtl.Covers.Formats;

namespace Etl.LongTests.Jpeg;

/// <summary>libturbojpeg and Skia on every JPEG beside the repository.</summary>
public sealed class TurboJpegTests
{
    [Fact]
    public void Decode_EveryFile_EndsAsWithSkia()
    {
        Assert.SkipUnless(LibTurboJpeg.IsPresent, JpegFiles.NoLibrary);
        Assert.SkipWhen(ReferenceImages.Folder is null, ReferenceImages.Absent);

        JpegEnding[] endings = [.. JpegEnding.OfAll(JpegFiles.All.Select(file => (Path.GetFileName(file), File.ReadAllBytes(file))))];

        Assert.DoesNotContain(endings, ending => ending.BySkia != ending.ByTurbo);
    }
}
