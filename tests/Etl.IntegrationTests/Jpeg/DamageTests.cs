using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.IntegrationTests.Jpeg;

/// <summary>How much damage each decoder finds, and that none finds any in whole covers.</summary>
public sealed class DamageTests
{
    private const int Found = 179; // of 180, by the reader; what is left is valid codes

    public static TheoryData<string> DamagedCases =>
        ["jpg_hole", "jpg_zero_run", "jpg_rst_extra", "jpg_rst_segment_lost", "jpg_lf_to_crlf", "jpg_height_double"];

    [Theory]
    [InlineData(QuantizeAlgorithm.ColorThief)]
    [InlineData(QuantizeAlgorithm.Oklab)] // of pictures below 100,000 pixels; the DC reader reads the others
    public void Decode_DamagedPosters_LibTurboJpegFindsMost(QuantizeAlgorithm algorithm)
    {
        Assert.SkipWhen(ReferenceImages.Folder is null, ReferenceImages.Absent);
        Assert.SkipUnless(LibTurboJpeg.IsPresent, JpegFiles.NoLibrary);

        Assert.InRange(CountDamaged(new DecodeOptions(), algorithm), 160, 180);
    }

    [Theory]
    [InlineData(LibraryUse.Never, QuantizeAlgorithm.ColorThief, false, 0)]
    [InlineData(LibraryUse.Never, QuantizeAlgorithm.ColorThief, true, Found)]
    [InlineData(LibraryUse.Auto, QuantizeAlgorithm.ColorThief, true, Found)]
    [InlineData(LibraryUse.Never, QuantizeAlgorithm.Oklab, false, 125)] // pictures of 100,000 pixels and more, of a progressive one the scans that are read
    [InlineData(LibraryUse.Auto, QuantizeAlgorithm.Oklab, true, Found)]
    public void Decode_DamagedPosters_FindsSoMany(LibraryUse turbo, QuantizeAlgorithm algorithm, bool isStrict, int found)
    {
        Assert.SkipWhen(ReferenceImages.Folder is null, ReferenceImages.Absent);

        Assert.Equal(found, CountDamaged(new DecodeOptions { TurboJpeg = turbo, Strict = isStrict }, algorithm));
    }

    [Theory]
    [InlineData(LibraryUse.Never, QuantizeAlgorithm.ColorThief)]
    [InlineData(LibraryUse.Auto, QuantizeAlgorithm.ColorThief)]
    [InlineData(LibraryUse.Auto, QuantizeAlgorithm.Oklab)]
    public void Decode_WholePosters_FindsNoDamage(LibraryUse turbo, QuantizeAlgorithm algorithm)
    {
        Assert.SkipWhen(ReferenceImages.Folder is null, ReferenceImages.Absent);
        var options = new DecodeOptions { TurboJpeg = turbo, Strict = true };
        IEnumerable<ReferenceImage> posters = ReferenceImages.In("covers").Where(
            image => image.File.EndsWith(".jpg", StringComparison.Ordinal)
                || (turbo == LibraryUse.Never && !image.File.EndsWith(".avif", StringComparison.Ordinal)));

        (string File, string? Damage)[] all = [.. posters.AsParallel().Select(
            poster => (poster.File, DamageOf(File.ReadAllBytes(poster.Path), options, algorithm)))];

        Assert.Equal(turbo == LibraryUse.Never ? 335 : 245, all.Length);
        Assert.DoesNotContain(all, poster => poster.Damage is not null);
    }

    [Theory]
    [MemberData(nameof(DamagedCases))]
    public void Decode_DamagedCase_IsFoundByEachDecoder(string name)
    {
        Assert.SkipWhen(ReferenceImages.Folder is null, ReferenceImages.Absent);

        Assert.StartsWith("The cover is a damaged JPEG: the DC reader finds ", DamageOf(name, LibraryUse.Never, isStrict: true));
        Assert.StartsWith("The cover is a damaged JPEG: the DC reader finds ", DamageOf(name, LibraryUse.Auto, isStrict: true));
        Assert.SkipUnless(LibTurboJpeg.IsPresent, JpegFiles.NoLibrary);
        Assert.StartsWith(
            "The cover is a damaged JPEG: libturbojpeg reports \"Corrupt JPEG data: ", DamageOf(name, LibraryUse.Auto, isStrict: false));
    }

    [Theory]
    [InlineData(LibraryUse.Never, true)]
    [InlineData(LibraryUse.Auto, false)]
    [InlineData(LibraryUse.Auto, true)]
    public void Decode_WholeCase_IsNotDamaged(LibraryUse turbo, bool isStrict)
    {
        Assert.SkipWhen(ReferenceImages.Folder is null, ReferenceImages.Absent);

        Assert.Null(DamageOf("jpg_base", turbo, isStrict));
    }

    [Fact]
    public void Decode_Damaged_GivesTheColoursOfSkia()
    {
        byte[] jpeg = DamagedPosters.WithoutBytes("Jpeg/restarts.jpg");

        DecodedJpeg turbo = JpegFiles.Decode(jpeg, new DecodeOptions());

        Assert.NotNull(turbo.Colors);
        Assert.Equal(JpegFiles.Decode(jpeg, new DecodeOptions { TurboJpeg = LibraryUse.Never }), turbo);
    }

    [Theory]
    [InlineData("baseline.jpg", LibraryUse.Auto)]
    [InlineData("progressive.jpg", LibraryUse.Never)]
    public void Decode_StrictAndDamaged_IsCorrupt(string file, LibraryUse turbo)
    {
        var options = new DecodeOptions { Strict = true, TurboJpeg = turbo };

        var error = Assert.Throws<CoverException>(
            () => Decoders.Of(options).Decode(JpegFiles.Cover(DamagedPosters.WithoutBytes(file))));

        Assert.Equal(FailureReason.Corrupt, error.Reason);
        Assert.StartsWith("The cover is a damaged JPEG: the DC reader finds that the data of its scan ", error.Message);
    }

    [Theory]
    [InlineData("baseline.jpg")]
    [InlineData("Jpeg/grey.jpg")]
    [InlineData("progressive.jpg")]
    public void Decode_PartAccepted_IsDamaged(string file)
    {
        byte[] jpeg = Asset.Bytes(file);
        byte[] part = jpeg[..(jpeg.Length * 3 / 4)];

        string? accepted = DamageOf(part, new DecodeOptions { AcceptTruncated = true }, QuantizeAlgorithm.ColorThief);
        var refused = Assert.Throws<CoverException>(
            () => Decoders.Of(new DecodeOptions { AcceptTruncated = true, Strict = true }).Decode(JpegFiles.Cover(part)));

        Assert.StartsWith("The cover is a JPEG that ends too early: ", accepted);
        Assert.Equal(FailureReason.Truncated, refused.Reason);
    }

    private static int CountDamaged(DecodeOptions options, QuantizeAlgorithm algorithm) =>
        DamagedPosters.All.AsParallel().Count(poster => DamageOf(poster.Bytes, options, algorithm) is not null);

    private static string? DamageOf(string name, LibraryUse turbo, bool isStrict) => DamageOf(
        File.ReadAllBytes(Path.Combine(ReferenceImages.Folder!, "..", "cases", $"{name}.jpg")),
        new DecodeOptions { TurboJpeg = turbo, Strict = isStrict },
        QuantizeAlgorithm.ColorThief);

    private static string? DamageOf(byte[] image, DecodeOptions options, QuantizeAlgorithm algorithm)
    {
        try
        {
            using DecodedCover decoded = Decoders.Of(options, algorithm).Decode(JpegFiles.Cover(image));
            return decoded.Damage;
        }
        catch (CoverException error)
        {
            return error.Message;
        }
    }
}
