using PaletteEtl.Hosting;
using PaletteEtl.Palettes;

namespace Etl.IntegrationTests.Decoding;

/// <summary>A logo on a transparent ground, whose pixels have a colour that nobody can see.</summary>
public sealed class TransparentLogoTests
{
    private static readonly Rgb HiddenGreen = new(0, 200, 0);

    /// <summary>How many colours of a palette are asked for.</summary>
    public static MatrixTheoryData<QuantizeAlgorithm, int> Modes => new([QuantizeAlgorithm.ColorThief, QuantizeAlgorithm.Oklab], [2, 6, 10]);

    [Theory]
    [MemberData(nameof(Modes))]
    public void Extract_LogoOfOneColour_RepeatsIt(QuantizeAlgorithm algorithm, int colors)
    {
        Rgb[] palette = Extract(Rgba([new Rgb(200, 30, 40)], hiddenAlpha: 0), algorithm, colors);

        Assert.Equal(colors, palette.Length);
        Assert.All(palette, color => AssertNear(new Rgb(200, 30, 40), color));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Extract_LogoOfTwoColours_RepeatsThemInTurn(QuantizeAlgorithm algorithm, int colors)
    {
        Rgb[] palette = Extract(Rgba([new Rgb(200, 30, 40), new Rgb(20, 20, 160)], hiddenAlpha: 0), algorithm, colors);

        Assert.Equal(2, palette.Distinct().Count());
        Assert.Equal(palette[..^2], palette[2..]);
        Assert.DoesNotContain(palette, IsHidden);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Extract_WhiteLogo_RepeatsWhite(QuantizeAlgorithm algorithm, int colors) => Assert.All(
        Extract(Rgba([new Rgb(255, 255, 255)], hiddenAlpha: 0), algorithm, colors),
        color => AssertNear(new Rgb(255, 255, 255), color));

    [Theory]
    [MemberData(nameof(Modes))]
    public void Extract_GroundBelowTheThreshold_IsHidden(QuantizeAlgorithm algorithm, int colors) =>
        Assert.DoesNotContain(Extract(Rgba([new Rgb(200, 30, 40)], hiddenAlpha: 124), algorithm, colors), IsHidden);

    [Theory]
    [MemberData(nameof(Modes))]
    public void Extract_GroundAtTheThreshold_IsSeen(QuantizeAlgorithm algorithm, int colors) =>
        Assert.Contains(Extract(Rgba([new Rgb(200, 30, 40)], hiddenAlpha: 125), algorithm, colors), IsHidden);

    [Theory]
    [MemberData(nameof(Modes))]
    public void Extract_IndexedLogo_HasNoHiddenColour(QuantizeAlgorithm algorithm, int colors)
    {
        byte[] png = PngFile.OfSamples(
            8, PngFile.Indexed, [.. Enumerable.Range(0, 400).Select(i => i % 3 == 0 ? 1 : 0)],
            PngFile.Chunk("PLTE", [HiddenGreen.R, HiddenGreen.G, HiddenGreen.B, 200, 30, 40]), PngFile.Chunk("tRNS", [0]));

        Assert.All(Extract(png, algorithm, colors), color => AssertNear(new Rgb(200, 30, 40), color));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Extract_GifLogo_HasNoHiddenColour(QuantizeAlgorithm algorithm, int colors)
    {
        byte[] table = [HiddenGreen.R, HiddenGreen.G, HiddenGreen.B, 200, 30, 40, .. new byte[18]];
        byte[] gif = new GifFile(20, table) { Transparent = 0 }.With(0, 0, 20, [.. Enumerable.Range(0, 400).Select(i => (byte)(i % 3 == 0 ? 1 : 0))]);

        Assert.All(Extract(gif, algorithm, colors), color => AssertNear(new Rgb(200, 30, 40), color));
    }

    [Theory]
    [InlineData("logo_red.png", "[[204, 28, 44], [204, 28, 44], [204, 28, 44], [204, 28, 44], [204, 28, 44], [204, 28, 44]]")]
    [InlineData("logo_white.png", "[[252, 252, 252], [252, 252, 252], [252, 252, 252], [252, 252, 252], [252, 252, 252], [252, 252, 252]]")]
    public void ExtractFile_ReportedCase_RepeatsTheVisibleColour(string file, string palette)
    {
        Assert.SkipWhen(ReferenceImages.Cases is null, ReferenceImages.NoCases);

        Assert.Equal(palette, new PaletteExtractor().ExtractFile(ReferenceImages.Case(file).Path).ToJson());
    }

    /// <summary>One row: each third pixel is of the logo, whose colour changes after every thirty, and the others are green.</summary>
    private static byte[] Rgba(Rgb[] logo, int hiddenAlpha) => PngFile.OfSamples(
        8, PngFile.Rgba,
        [
            .. Enumerable.Range(0, 400).SelectMany(i => i % 3 == 0
                ? Samples(logo[i / 30 % logo.Length], 255)
                : Samples(HiddenGreen, hiddenAlpha)),
        ]);

    private static int[] Samples(Rgb color, int alpha) => [color.R, color.G, color.B, alpha];

    private static Rgb[] Extract(byte[] picture, QuantizeAlgorithm algorithm, int colors) =>
        new PaletteExtractor(new EtlOptions { Quantize = { Algorithm = algorithm, ColorCount = colors } }).Extract(picture).ToArray();

    private static bool IsHidden(Rgb color) => color.G > 150 && color.R < 50;

    /// <summary>Asserts that a colour is that of a pixel, or the middle of its bin.</summary>
    private static void AssertNear(Rgb expected, Rgb actual) => Assert.True(
        Math.Abs(expected.R - actual.R) <= 4 && Math.Abs(expected.G - actual.G) <= 4 && Math.Abs(expected.B - actual.B) <= 4, $"{actual}");
}
