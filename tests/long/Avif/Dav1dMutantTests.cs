using Etl.IntegrationTests;
using Etl.IntegrationTests.Avif;
using Etl.IntegrationTests.Hostile;
using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;

namespace Etl.LongTests.Avif;

/// <summary>Damaged AVIFs, decoded by libdav1d and by libvips. <c>ETL_MUTANTS</c> sets the number of AVIFs.</summary>
public sealed class Dav1dMutantTests(ITestOutputHelper output)
{
    private static readonly int Count = Variable.Number("ETL_MUTANTS", 2_000);

    /// <summary>libdav1d passes over some damage of a frame's header. A version that does not check the end of coded data has other endings, and
    /// is not used by default.</summary>
    [Fact]
    public void Decode_DamagedFiles_EndAsWithVips()
    {
        Assert.SkipUnless(LibDav1d.IsPresent, Avifs.NoLibrary);
        Mutants mutants = Mutants.Of(Avifs.Own.Append(Asset.PathOf("lossy.avif")));

        (string Vips, string Dav1d, string? Decoder)[] endings = [.. Enumerable.Range(0, Count).AsParallel().Select(number => Endings(mutants.Make(number).Bytes))];

        (string Vips, string Dav1d, string? Decoder)[] differing = [.. endings.Where(ending => ending.Vips != ending.Dav1d)];
        output.WriteLine($"{differing.Length} of {endings.Length} differ; libdav1d decodes {endings.Count(ending => ending.Decoder == DecoderNames.Dav1d)}");
        Assert.DoesNotContain(endings, ending => ending.Dav1d.StartsWith("Internal", StringComparison.Ordinal));
        Assert.SkipUnless(LibDav1d.FindsDamage, Avifs.OldLibrary);
        Assert.All(differing, ending => Assert.StartsWith("Corrupt", ending.Vips, StringComparison.Ordinal));
        Assert.InRange(differing.Length, 0, Count / 250);
    }

    private static (string Vips, string Dav1d, string? Decoder) Endings(byte[] bytes)
    {
        (string ending, string? decoder) = Avifs.Decode(bytes, Avifs.Dav1d);
        return (Avifs.Decode(bytes, Avifs.Vips).Ending, ending, decoder);
    }
}
