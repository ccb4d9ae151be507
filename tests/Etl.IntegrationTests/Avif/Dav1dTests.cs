using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;
using PaletteEtl.Palettes;

namespace Etl.IntegrationTests.Avif;

/// <summary>libdav1d against libvips: the same pixels, and the same failures.</summary>
public sealed class Dav1dTests
{
    /// <summary>Which of the project's own files libdav1d does not decode.</summary>
    private static readonly string[] LeftToVips = ["identity-limited.avif", "turned-422.avif"];

    [Fact]
    public void Decode_OwnFile_GivesTheColoursOfVips()
    {
        Assert.SkipUnless(LibDav1d.IsPresent, Avifs.NoLibrary);

        (string Name, string? Decoder, bool IsSame)[] files = [.. Avifs.Own.Select(Compare)];

        Assert.Equal(22, files.Length);
        Assert.Equal(LeftToVips, files.Where(file => file.Decoder == DecoderNames.Vips).Select(file => file.Name));
        Assert.DoesNotContain(files, file => !file.IsSame);
    }

    [Fact]
    public void Decode_PosterOfTheReference_GivesTheColoursOfVips()
    {
        Assert.SkipUnless(LibDav1d.IsPresent, Avifs.NoLibrary);
        Assert.SkipWhen(ReferenceImages.Folder is null, ReferenceImages.Absent);

        (string Name, string? Decoder, bool IsSame)[] files =
            [.. Directory.EnumerateFiles(Path.Combine(ReferenceImages.Folder, "covers"), "*.avif").AsParallel().Select(Compare)];

        Assert.Equal(11, files.Count(file => file.IsSame && file.Decoder == DecoderNames.Dav1d));
    }

    [Theory]
    [InlineData("Avif/420.avif")]
    [InlineData("Avif/alpha.avif")]
    [InlineData("Avif/cropped.avif")]
    public void Decode_Oklab_GivesThePaletteOfVips(string file)
    {
        Assert.SkipUnless(LibDav1d.IsPresent, Avifs.NoLibrary);

        (string palette, string? decoder) = Avifs.Decode(Asset.Bytes(file), Avifs.Dav1d, QuantizeAlgorithm.Oklab);

        Assert.Equal((Avifs.Decode(Asset.Bytes(file), Avifs.Vips, QuantizeAlgorithm.Oklab).Ending, DecoderNames.Dav1d), (palette, decoder));
    }

    [Theory]
    [InlineData(LibraryUse.Never)]
    [InlineData(LibraryUse.Auto)]
    public void Decode_Use_DecidesTheDecoder(LibraryUse use)
    {
        string expected = use == LibraryUse.Auto && LibDav1d.FindsDamage ? DecoderNames.Dav1d : DecoderNames.Vips;

        Assert.Equal(expected, Avifs.Decode(Asset.Bytes("lossy.avif"), new DecodeOptions { Dav1d = use }).Decoder);
    }

    [Fact]
    public void Decode_FrameLargerThanTheHeaderSays_FailsAsWithVips()
    {
        Assert.SkipUnless(LibDav1d.IsPresent, Avifs.NoLibrary);
        byte[] avif = Asset.Bytes("Avif/444.avif");
        int size = avif.AsSpan().IndexOf("ispe"u8) + 8;
        (avif[size + 3], avif[size + 7]) = (16, 16);

        (string ending, _) = Avifs.Decode(avif, Avifs.Dav1d);

        Assert.StartsWith("Corrupt", ending, StringComparison.Ordinal);
        Assert.Equal(Avifs.Decode(avif, Avifs.Vips).Ending, ending);
    }

    [Fact]
    public void Decode_MorePixelsThanAllowed_FailsAsWithVips()
    {
        Assert.SkipUnless(LibDav1d.IsPresent, Avifs.NoLibrary);

        (string ending, _) = Avifs.Decode(Asset.Bytes("Avif/444.avif"), new DecodeOptions { Dav1d = LibraryUse.Require, MaxPixels = 1 });

        Assert.StartsWith("TooManyPixels", ending, StringComparison.Ordinal);
        Assert.Equal(Avifs.Decode(Asset.Bytes("Avif/444.avif"), new DecodeOptions { Dav1d = LibraryUse.Never, MaxPixels = 1 }).Ending, ending);
    }

    private static (string Name, string? Decoder, bool IsSame) Compare(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        (string ending, string? decoder) = Avifs.Decode(bytes, Avifs.Dav1d);
        return (Path.GetFileName(file), decoder, ending == Avifs.Decode(bytes, Avifs.Vips).Ending);
    }
}
