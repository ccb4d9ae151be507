using Etl.IntegrationTests.Hostile;
using Etl.IntegrationTests.Jpeg;
using PaletteEtl.Covers.Formats;

namespace Etl.LongTests.Jpeg;

/// <summary>Damaged JPEGs, decoded by libturbojpeg and by Skia. <c>ETL_MUTANTS</c> sets the number of JPEGs.</summary>
public sealed class TurboJpegMutantTests(ITestOutputHelper output)
{
    private static readonly int Count = Variable.Number("ETL_MUTANTS", 2_000);

    /// <summary>Damage can make coefficients that no encoder writes. SIMD code caps the pixels that they give where plain code
    /// lets them wrap, and so the colours of such a cover may differ; whether it has any, and why not, may not.</summary>
    [Fact]
    public void Decode_DamagedFiles_FailAsWithSkia()
    {
        Assert.SkipUnless(LibTurboJpeg.IsPresent, JpegFiles.NoLibrary);
        Mutants mutants = Mutants.Of(JpegFiles.Whole);

        JpegEnding[] endings = [.. JpegEnding.OfAll(Enumerable.Range(0, Count).Select(number => ($"{number}", mutants.Make(number).Bytes)))];

        JpegEnding[] differing = [.. endings.Where(ending => ending.BySkia != ending.ByTurbo)];
        output.WriteLine($"{differing.Length} of {endings.Length} have other colours");
        Assert.DoesNotContain(differing, ending => ending.BySkia.Failure is not null || ending.ByTurbo.Failure is not null);
        Assert.InRange(differing.Length, 0, Count / 20);
    }
}
