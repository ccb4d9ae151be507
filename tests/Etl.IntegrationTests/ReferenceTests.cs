using System.Globalization;
using PaletteEtl.Covers;
using PaletteEtl.Hosting;
using PaletteEtl.Model;

namespace Etl.IntegrationTests;

/// <summary>Palettes of real covers against those of colorthief 0.2.1 with Pillow 9.4.</summary>
public sealed class ReferenceTests
{
    /// <summary>Images of few colours: the reference has fewer than six boxes with pixels, and gives fewer colours than six
    /// or invents some, up to the value 256. These are this project's own palettes of them.</summary>
    private static readonly Dictionary<string, string> FewColours = new()
    {
        ["027_non-interleaved-mcu.jpg"] = "[[4, 4, 4], [4, 4, 4], [4, 4, 4], [4, 4, 4], [4, 4, 4], [4, 4, 4]]",
        ["028_jpg-size-1x1.jpg"] = "[[124, 124, 36], [124, 124, 36], [124, 124, 36], [124, 124, 36], [124, 124, 36], [124, 124, 36]]",
        ["034_basi6a16.png"] = "[[16, 192, 64], [188, 10, 68], [25, 22, 212], [202, 234, 4], [252, 128, 4], [16, 192, 64]]",
        ["036_Flag_of_the_Netherlands-16bit.png"] = "[[252, 252, 252], [36, 68, 140], [172, 28, 44], [252, 252, 252], [36, 68, 140], [172, 28, 44]]",
        ["039_Flag_of_the_Netherlands-alpha.png"] = "[[252, 252, 252], [36, 68, 140], [172, 28, 44], [252, 252, 252], [36, 68, 140], [172, 28, 44]]",
        ["045_tm3n3p02.png"] = "[[4, 4, 252], [4, 4, 252], [4, 4, 252], [4, 4, 252], [4, 4, 252], [4, 4, 252]]",
        ["048_p_16.png"] = "[[252, 4, 4], [4, 4, 252], [252, 252, 252], [4, 4, 4], [4, 252, 4], [252, 4, 4]]",
        ["051_chi.gif"] = "[[251, 251, 251], [180, 204, 68], [4, 4, 4], [183, 212, 88], [204, 220, 132], [251, 251, 251]]",
        ["053_dispose_bgnd.gif"] = "[[132, 204, 236], [28, 148, 252], [132, 204, 236], [28, 148, 252], [132, 204, 236], [28, 148, 252]]",
        ["055_first_frame_transparency.gif"] = "[[4, 252, 4], [4, 252, 4], [4, 252, 4], [4, 252, 4], [4, 252, 4], [4, 252, 4]]",
        ["056_cogs.gif"] = "[[132, 132, 132], [196, 196, 196], [4, 4, 4], [132, 132, 132], [196, 196, 196], [4, 4, 4]]",
        ["059_rotating-squares.gif"] = "[[84, 124, 156], [158, 182, 197], [12, 204, 252], [194, 220, 229], [108, 228, 252], [84, 124, 156]]",
        ["069_alpha_no_compression.webp"] = "[[84, 20, 156], [84, 20, 156], [84, 20, 156], [84, 20, 156], [84, 20, 156], [84, 20, 156]]",
        ["071_small_1x1.webp"] = "[[4, 140, 4], [4, 140, 4], [4, 140, 4], [4, 140, 4], [4, 140, 4], [4, 140, 4]]",
    };

    /// <summary>A 16-bit grey PNG, which Pillow clips to 8 bits where Skia scales it: in the reference all but black is
    /// white. This project's palette has the greys of the picture.</summary>
    private static readonly Dictionary<string, string> Clipped = new()
    {
        ["031_basn0g16.png"] = "[[190, 190, 190], [44, 44, 44], [101, 101, 101], [76, 76, 76], [84, 84, 84], [124, 124, 124]]",
    };

    private static readonly PaletteExtractor Extractor = new();

    public static TheoryData<string> Folders => ["covers", "formats", "derived"];

    [Theory]
    [MemberData(nameof(Folders))]
    public void ExtractFile_ImageWithAPalette_GivesTheReferencesByteForByte(string folder)
    {
        Assert.SkipWhen(ReferenceImages.Folder is null, ReferenceImages.Absent);

        string[] differences = Differences(
            WithPalette(folder).Where(image => !FewColours.ContainsKey(image.File) && !Clipped.ContainsKey(image.File)),
            expected: image => image.Palette,
            actual: image => Extractor.ExtractFile(image.Path).ToJson());

        Assert.Empty(differences);
    }

    [Fact]
    public void ExtractFile_ImageOfFewColours_FillsThePaletteWithItsOwn()
    {
        Assert.SkipWhen(ReferenceImages.Folder is null, ReferenceImages.Absent);

        string[] differences = Differences(
            WithPalette("formats").Where(image => FewColours.ContainsKey(image.File) || Clipped.ContainsKey(image.File)),
            expected: image => FewColours.GetValueOrDefault(image.File) ?? Clipped[image.File],
            actual: image => Extractor.ExtractFile(image.Path).ToJson());

        Assert.Empty(differences);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void ReferenceMedianCut_PixelsAsDecodedHere_GivesTheReferencesPaletteInventedColoursIncluded(string folder)
    {
        Assert.SkipWhen(ReferenceImages.Folder is null, ReferenceImages.Absent);

        string[] differences = Differences(
            WithPalette(folder).Where(image => !Clipped.ContainsKey(image.File)),
            expected: image => image.Palette,
            actual: image => Json(BoxesOf(image)));

        Assert.Empty(differences);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void ReferenceMedianCut_ImageWithAPalette_HasSixBoxesWithPixelsUnlessItHasFewColours(string folder)
    {
        Assert.SkipWhen(ReferenceImages.Folder is null, ReferenceImages.Absent);

        string[] few =
        [
            .. WithPalette(folder)
                .Where(image => !Clipped.ContainsKey(image.File) && BoxesOf(image).Count(box => box.Count > 0) != 6)
                .Select(image => image.File),
        ];

        Assert.Equal(folder == "formats" ? FewColours.Keys.Order() : [], few.Order());
    }

    [Fact]
    public void ExtractFile_RealCovers_AreAsManyAsTheReferenceHas()
    {
        Assert.SkipWhen(ReferenceImages.Folder is null, ReferenceImages.Absent);

        // The reference reads no AVIF: see AvifReferenceTests.
        Assert.Equal((346, 335), (ReferenceImages.In("covers").Count(), WithPalette("covers").Count()));
    }

    private static IEnumerable<ReferenceImage> WithPalette(string folder) =>
        ReferenceImages.In(folder).Where(image => image.Palette is not null);

    private static string[] Differences(
        IEnumerable<ReferenceImage> images, Func<ReferenceImage, string?> expected, Func<ReferenceImage, string> actual) =>
    [
        .. images.AsParallel()
            .Select(image => (image.File, Expected: expected(image), Actual: actual(image)))
            .Where(pair => pair.Expected != pair.Actual)
            .Select(pair => $"{pair.File}: {pair.Expected} expected, {pair.Actual} given"),
    ];

    private static IReadOnlyList<ReferenceBox> BoxesOf(ReferenceImage image)
    {
        byte[] bytes = File.ReadAllBytes(image.Path);
        var data = new NativeBuffer(bytes.Length);
        bytes.CopyTo(data.GetSpan());
        var cover = new Cover(data, new CoverVersion(null, null, null), reservation: null);
        using DecodedCover decoded = Decoders.Of(new DecodeOptions()).Decode(cover);
        return ReferenceMedianCut.Boxes(Histograms.ByChannel(decoded.Histogram.Counts), colors: 6);
    }

    private static string Json(IEnumerable<ReferenceBox> boxes) => "["
        + string.Join(", ", boxes.Select(box => string.Create(CultureInfo.InvariantCulture, $"[{box.R}, {box.G}, {box.B}]")))
        + "]";
}
