using CsCheck;
using PaletteEtl.Columns;
using PaletteEtl.Covers;
using PaletteEtl.Palettes;

namespace Etl.Tests.Columns;

/// <summary>The values of the columns.</summary>
public sealed class ColumnTests
{
    private static readonly Rgb Grey = new(120, 120, 120), Black = new(4, 4, 4), Red = new(200, 20, 30), Blue = new(20, 40, 220);

    public static TheoryData<string> All => [.. CoverColumns.Every(new ColumnOptions()).Select(static column => column.Name)];

    [Theory]
    [MemberData(nameof(All))]
    public void ValueOf_AnyPixelsBothWaysOfCounting_IsAValueOfTheColumn(string name) => Gen.Select(
        Gen.Byte.Array[3, 90], Gen.Bool, Gen.Enum<ColorFormat>()).Sample((bytes, sums, format) =>
    {
        Rgb[] pixels = [.. bytes.Chunk(3).Where(static c => c.Length == 3).Select(static c => new Rgb(c[0], c[1], c[2]))];
        ICoverColumn column = CoverColumns.Every(new ColumnOptions { ColorFormat = format }).Single(column => column.Name == name).Values;

        object value = ValueOf(column, pixels, sums);

        Assert.True(value is long or string { Length: > 0 });
        Assert.True(column.IsValue(value), $"{value}");
        Assert.False(column.IsValue("a value of another program"));
        Assert.False(column.IsValue(4.5));
    });

    [Theory]
    [MemberData(nameof(All))]
    public void Fingerprint_EachColumn_HasItsNameAndAVersion(string name)
    {
        ICoverColumn column = CoverColumns.Every(new ColumnOptions()).Single(column => column.Name == name).Values;

        Assert.StartsWith(name.ToLowerInvariant() + "/1", column.Fingerprint, StringComparison.Ordinal);
        Assert.False(column.Fingerprint.Contains(' ', StringComparison.Ordinal));
    }

    [Fact]
    public void Of_ColorThiefPalette_HasTheSharesOfTheNearestColours()
    {
        Rgb[] pixels = [.. Repeat(Grey, 60), .. Repeat(Red, 30), .. Repeat(Blue, 10)];

        Assert.Equal("[0.6, 0.3, 0.1]", ValueOf(new PopulationColumn(), pixels, sums: false, new Palette(Grey, Red, Blue)));
        Assert.Equal("[0.3, 0.6, 0.1, 0]", ValueOf(new PopulationColumn(), pixels, sums: false, new Palette(Red, Grey, Blue, Red)));
    }

    [Fact]
    public void Dominant_ColourOfMostPixels_NeedNotBeTheFirst() => Assert.Equal(
        "#787878", ValueOf(new DominantColumn(ColorFormat.Hex), [.. Repeat(Red, 30), .. Repeat(Grey, 60)], sums: false, new Palette(Red, Grey)));

    [Fact]
    public void Accent_GreyCoverWithSomeRed_IsRed()
    {
        Rgb accent = AccentOf([.. Repeat(Grey, 900), .. Repeat(Black, 500), .. Repeat(Red, 40)]);

        Assert.InRange(Oklch.Of(accent).Hue, Oklch.Of(Red).Hue - 10, Oklch.Of(Red).Hue + 10);
    }

    [Fact]
    public void Accent_FewVividPixelsBesideManyLessVividOnes_IsNotTheSpeck()
    {
        Rgb olive = new(120, 110, 60);

        Rgb accent = AccentOf([.. Repeat(Grey, 600), .. Repeat(olive, 399), Blue]);

        Assert.InRange(Oklch.Of(accent).Hue, Oklch.Of(olive).Hue - 10, Oklch.Of(olive).Hue + 10);
    }

    [Fact]
    public void Accent_FrameOfAVividColour_IsNotTheFrame()
    {
        uint[] raster = [.. Enumerable.Range(0, 16 * 16).Select(static i => i % 16 is 0 or 15 || i / 16 is 0 or 15 ? Pixel(Blue) : Pixel(Red))];
        Rgb[] pixels = [.. Repeat(Blue, 800), .. Repeat(Red, 200)];
        using var cover = Cover(pixels, sums: false, new Raster(16, 16, raster));
        using var facts = new CoverFacts(cover, new Palette(Blue, Red));

        Assert.InRange(Oklch.Of(AccentColumn.ColorOf(facts)).Hue, Oklch.Of(Red).Hue - 10, Oklch.Of(Red).Hue + 10);
    }

    [Fact]
    public void Accent_CoverInGrey_IsAColourOfThePalette() =>
        Assert.Equal("#787878", ValueOf(new AccentColumn(ColorFormat.Hex), Repeat(Grey, 50), sums: true, new Palette(Black, Grey)));

    [Fact]
    public void TextOn_AnyColour_HasAContrastOfFourAndAHalf() => Gen.Select(Gen.Byte, Gen.Byte, Gen.Byte).Sample(static (red, green, blue) =>
    {
        var color = new Rgb(red, green, blue);
        Assert.InRange(Contrast.Ratio(color, Contrast.TextOn(color)), 4.5, 21);
    });

    [Theory]
    [InlineData(0, 0, 0, 255, 255, 255, 21)]
    [InlineData(119, 119, 119, 255, 255, 255, 4.48)] // #777 on white, the well-known miss
    [InlineData(118, 118, 118, 255, 255, 255, 4.54)]
    public void Ratio_KnownPairs_IsThatOfWcag(byte r1, byte g1, byte b1, byte r2, byte g2, byte b2, double ratio) =>
        Assert.Equal(ratio, Contrast.Ratio(new Rgb(r1, g1, b1), new Rgb(r2, g2, b2)), 0.005);

    [Theory]
    [InlineData(ColorFormat.Hex, "#7cc6cb")]
    [InlineData(ColorFormat.Rgb, "rgb(124 198 203)")]
    [InlineData(ColorFormat.Oklch, "oklch(78% 0.074 201.25)")]
    [InlineData(ColorFormat.Json, "[124, 198, 203]")]
    public void Write_EachNotation_IsThatOfCss(ColorFormat format, string text)
    {
        Assert.Equal(text, ColorText.Write(new Rgb(124, 198, 203), format));
        Assert.True(ColorText.IsColor(text));
    }

    [Fact]
    public void Write_GreyInOklch_HasNoHue() => Assert.Equal("oklch(100% 0 none)", ColorText.Write(new Rgb(255, 255, 255), ColorFormat.Oklch));

    [Theory]
    [InlineData(255, 1, 0L)]
    [InlineData(0, 1, 1L)]
    public void IsDark_MeanLuminance_Decides(byte value, int count, long expected) =>
        Assert.Equal(expected, ValueOf(new IsDarkColumn(), Repeat(new Rgb(value, value, value), count), sums: true));

    [Fact]
    public void Swatches_KindThatIsThere_HasItsTextColour()
    {
        string swatches = (string)ValueOf(new SwatchesColumn(ColorFormat.Hex), [.. Repeat(Red, 50), .. Repeat(Grey, 50)], sums: false);

        Assert.StartsWith("{\"vibrant\": {\"color\": \"#", swatches, StringComparison.Ordinal);
        Assert.Contains("\"lightVibrant\": null", swatches, StringComparison.Ordinal);
    }

    [Fact]
    public void PHash_SimilarPictures_DifferInFewBits()
    {
        uint[] picture = [.. Enumerable.Range(0, 21 * 32).Select(static i => Pixel(new Rgb((byte)(i % 21 * 12), (byte)(i / 21 * 8), 90)))];
        uint[] lighter = [.. picture.Select(static pixel => pixel + 0x00_04_04_04)];

        Assert.InRange(Distance(picture, lighter), 0, 10);
        Assert.InRange(Distance(picture, [.. picture.Reverse()]), 16, 64);

        static int Distance(uint[] one, uint[] other) => System.Numerics.BitOperations.PopCount(HashOf(one) ^ HashOf(other));
        static ulong HashOf(uint[] pixels) => PerceptualHash.OfFrequencies(GreyRaster.Of(new Raster(21, 32, pixels), 32, 32));
    }

    [Theory]
    [InlineData(0xFF_FF_FF_FF_FF_FF_FF_FFul, 1)]
    [InlineData(0ul, 0)]
    [InlineData(0ul, -1)]
    public void OfDifferences_SlopeOfEachRow_IsEachBit(ulong expected, int slope) => Assert.Equal(expected, PerceptualHash.OfDifferences(
        [.. Enumerable.Range(0, 72).Select(i => (byte)(100 + (slope * (i % 9))))]));

    [Fact]
    public void OfDifferences_LighterPixel_SetsTheBitBeforeIt()
    {
        byte[] grey = new byte[72];
        grey[(2 * 9) + 3] = 1;

        Assert.Equal(1ul << (63 - ((2 * 8) + 2)), PerceptualHash.OfDifferences(grey));
    }

    [Theory]
    [InlineData("#7cc6cb\n")]
    [InlineData("#7CC6CB")]
    [InlineData("[١, ٢, ٣]")]
    [InlineData("rgb()")]
    public void IsColor_TextOfAnotherProgram_IsNone(string text) => Assert.False(ColorText.IsColor(text));

    [Fact]
    public void GreyRaster_WiderAndFlatter_HasTheMeansOfTheAreas()
    {
        var raster = new Raster(2, 3, [Pixel(Black), Pixel(Grey), Pixel(Black), Pixel(Grey), Pixel(Black), Pixel(Grey)]);

        Assert.Equal([4, 62, 120], GreyRaster.Of(raster, width: 3, height: 1));
    }

    private static Rgb AccentOf(Rgb[] pixels)
    {
        using DecodedCover cover = Cover(pixels, sums: false);
        using var facts = new CoverFacts(cover, new Palette(Grey));
        return AccentColumn.ColorOf(facts);
    }

    private static object ValueOf(ICoverColumn column, Rgb[] pixels, bool sums, Palette? palette = null)
    {
        using DecodedCover cover = Cover(pixels, sums);
        using var facts = new CoverFacts(cover, palette ?? new Palette(pixels[0]));
        return column.ValueOf(facts);
    }

    private static DecodedCover Cover(Rgb[] pixels, bool sums, Raster? raster = null) => new(
        ColorHistogram.Of(pixels, new Needs(Counts: !sums, Sums: sums, MayBeScaled: true)), Damage: null)
    {
        Decoding = new CoverDecoding("SkiaSharp", "JPEG", 600, 900, 600, 900, 10),
        Raster = raster ?? new Raster(2, 2, [Pixel(Black), Pixel(Grey), Pixel(Red), Pixel(Blue)]),
    };

    private static Rgb[] Repeat(Rgb color, int count) => [.. Enumerable.Repeat(color, count)];

    private static uint Pixel(Rgb color) => 0xFF_00_00_00 | (uint)(color.R | (color.G << 8) | (color.B << 16));
}
