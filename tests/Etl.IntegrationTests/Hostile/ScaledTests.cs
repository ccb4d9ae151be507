using PaletteEtl.Covers;
using PaletteEtl.Hosting;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.IntegrationTests.Hostile;

/// <summary>Covers decoded smaller than they are.</summary>
public sealed class ScaledTests
{
    private static readonly PaletteExtractor Full = ExtractorOf(DecodeScale.Full);
    private static readonly PaletteExtractor Auto = ExtractorOf(DecodeScale.Auto);

    public static TheoryData<string> Folders => ["hostile", "derived", "formats"];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Extract_BrokenAndOddFiles_EndAsAtFullSize(string folder)
    {
        Assert.SkipWhen(ReferenceImages.Folder is null, ReferenceImages.Absent);

        string[] differences =
        [
            .. ReferenceImages.In(folder)
                .Select(image => (image.File, Bytes: File.ReadAllBytes(image.Path)))
                .Select(image => (image.File, Full: OutcomeOf(Full, image.Bytes), Auto: OutcomeOf(Auto, image.Bytes)))
                .Where(outcome => outcome.Full != outcome.Auto)
                .Select(outcome => $"{outcome.File}: {outcome.Full} at full size, {outcome.Auto} scaled"),
        ];

        Assert.Empty(differences);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Extract_RealCoversCutOff_EndAsAtFullSize(bool acceptTruncated)
    {
        Assert.SkipWhen(ReferenceImages.Folder is null, ReferenceImages.Absent);
        PaletteExtractor full = ExtractorOf(DecodeScale.Full, acceptTruncated), auto = ExtractorOf(DecodeScale.Auto, acceptTruncated);

        Assert.All(ReferenceImages.In("covers").Where((_, i) => i % 12 == 0), image =>
        {
            byte[] bytes = File.ReadAllBytes(image.Path);
            foreach (int length in new[] { bytes.Length / 20, bytes.Length / 2, bytes.Length - 2 })
            {
                Assert.Equal(OutcomeOf(full, bytes[..length]), OutcomeOf(auto, bytes[..length]));
            }
        });
    }

    [Fact]
    public void Extract_RealCovers_GivesNearlyThePalettesOfFullSize()
    {
        Assert.SkipWhen(ReferenceImages.Folder is null, ReferenceImages.Absent);

        double[] distances =
        [
            .. ReferenceImages.In("covers").Where((_, i) => i % 6 == 0)
                .Select(image => Oklab.Distance(Full.ExtractFile(image.Path), Auto.ExtractFile(image.Path)))
                .Order(),
        ];

        Assert.InRange(distances[distances.Length / 2], 0, 0.05);
    }

    private static PaletteExtractor ExtractorOf(DecodeScale scale, bool acceptTruncated = false) =>
        new(new EtlOptions { Decode = { Scale = scale, AcceptTruncated = acceptTruncated }, Quantize = { Algorithm = QuantizeAlgorithm.Oklab } });

    private static string OutcomeOf(PaletteExtractor extractor, byte[] image)
    {
        try
        {
            return $"{extractor.Extract(image).Count} colours";
        }
        catch (CoverException error)
        {
            return error.Reason.ToString();
        }
    }
}
