using Etl.IntegrationTests.Hostile;
using PaletteEtl.Covers.Formats;

namespace Etl.IntegrationTests.Jpeg;

/// <summary>Damaged JPEGs, decoded by libturbojpeg and by Skia.</summary>
/// <param name="count">The number of JPEGs.</param>
/// <param name="output">Receives a line of totals.</param>
public abstract class TurboJpegMutantTest(int count, ITestOutputHelper output)
{
    /// <summary>Damage can make coefficients that no encoder writes. SIMD code caps the pixels that they give where plain code
    /// lets them wrap, and so the colours of such a cover may differ; whether it has any, and why not, may not.</summary>
    [Fact]
    public void Decode_DamagedFiles_FailAsWithSkia()
    {
        Assert.SkipUnless(LibTurboJpeg.IsPresent, JpegFiles.NoLibrary);
        Mutants mutants = Mutants.Of(JpegFiles.Whole);

        JpegEnding[] endings = [.. JpegEnding.OfAll(Enumerable.Range(0, count).Select(number => ($"{number}", mutants.Make(number).Bytes)))];

        JpegEnding[] differing = [.. endings.Where(ending => ending.BySkia != ending.ByTurbo)];
        output.WriteLine($"{differing.Length} of {endings.Length} have other colours");
        Assert.DoesNotContain(differing, ending => ending.BySkia.Failure is not null || ending.ByTurbo.Failure is not null);
        Assert.InRange(differing.Length, 0, count / 20);
    }
}
