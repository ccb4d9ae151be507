using System.Globalization;
using PaletteEtl.Columns;
using PaletteEtl.Hosting;
using PaletteEtl.Model;
using PaletteEtl.Palettes;
using SkiaSharp;

namespace Etl.Tests.Columns;

/// <summary>The columns of covers with hardly any pixels or colours.</summary>
public sealed class OddCoverTests
{
    private static readonly SKColor Red = new(200, 20, 30), Clear = new(200, 20, 30, 0);

    public static TheoryData<int, int, uint, QuantizeAlgorithm> Covers
    {
        get
        {
            var covers = new TheoryData<int, int, uint, QuantizeAlgorithm>();
            foreach (QuantizeAlgorithm algorithm in Enum.GetValues<QuantizeAlgorithm>())
            {
                covers.Add(1, 1, (uint)Red, algorithm);
                covers.Add(1, 1, (uint)Clear, algorithm);
                covers.Add(1, 300, (uint)Red, algorithm);
                covers.Add(300, 2, (uint)SKColors.White, algorithm);
                covers.Add(40, 60, (uint)SKColors.Black, algorithm);
                covers.Add(60, 40, (uint)Clear, algorithm);
            }

            return covers;
        }
    }

    [Theory]
    [MemberData(nameof(Covers))]
    public void Examine_CoverOfASingleColour_HasAValueOfEachColumn(int width, int height, uint color, QuantizeAlgorithm algorithm)
    {
        IReadOnlyList<ColumnValue> values = Examine(Cover(width, height, (_, _) => color), algorithm);

        Assert.All(Every().Zip(values), static pair => Assert.True(pair.First.Values.IsValue(pair.Second.Value), $"{pair.Second}"));
        Assert.Equal((long)width, ValueOf(values, "width"));
        Assert.Equal((long)height, ValueOf(values, "height"));
    }

    [Theory]
    [InlineData(QuantizeAlgorithm.ColorThief)]
    [InlineData(QuantizeAlgorithm.Oklab)]
    public void Examine_RedCover_HasAnAccentOfItsPalette(QuantizeAlgorithm algorithm)
    {
        IReadOnlyList<ColumnValue> values = Examine(Cover(40, 60, static (_, _) => Red), algorithm);

        Assert.Equal(ValueOf(values, "dominant"), ValueOf(values, "accent"));
        Assert.Equal(1L, ValueOf(values, "isDark"));
    }

    [Theory]
    [InlineData(QuantizeAlgorithm.ColorThief)]
    [InlineData(QuantizeAlgorithm.Oklab)]
    public void Examine_TransparentMarginOfAnotherColour_DoesNotCount(QuantizeAlgorithm algorithm)
    {
        var blue = new SKColor(20, 40, 220, 0);

        IReadOnlyList<ColumnValue> values = Examine(Cover(40, 60, (x, y) => x is > 9 and < 30 && y > 20 ? Red : blue), algorithm);

        Assert.StartsWith("#c", (string)ValueOf(values, "dominant"), StringComparison.Ordinal);
        Assert.StartsWith("#c", (string)ValueOf(values, "accent"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ColorFormat.Hex)]
    [InlineData(ColorFormat.Oklch)]
    public void Examine_CultureWithACommaAndOtherSigns_HasTheSameValues(ColorFormat format)
    {
        byte[] cover = Cover(40, 60, static (x, y) => new SKColor((byte)(6 * x), (byte)(4 * y), 90));
        var extractor = new PaletteExtractor(new EtlOptions(), Every(format));
        IReadOnlyList<ColumnValue> expected = extractor.Examine(cover).Columns;
        CultureInfo before = CultureInfo.CurrentCulture;
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NegativeSign) = (",", "~");
        CultureInfo.CurrentCulture = culture;
        try
        {
            Assert.Equal(expected, extractor.Examine(cover).Columns);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void ValueOf_ManyThreads_IsTheSame()
    {
        byte[] cover = Cover(40, 60, static (x, y) => new SKColor((byte)(6 * x), (byte)(4 * y), 90));
        var extractor = new PaletteExtractor(new EtlOptions(), Every());
        IReadOnlyList<ColumnValue> expected = extractor.Examine(cover).Columns;

        Parallel.For(0, 100, _ => Assert.Equal(expected, extractor.Examine(cover).Columns));
    }

    private static IReadOnlyList<CoverColumn> Every(ColorFormat format = ColorFormat.Hex) => CoverColumns.Every(new ColumnOptions { ColorFormat = format });

    private static object ValueOf(IReadOnlyList<ColumnValue> values, string column) => values.Single(value => value.Column == column).Value;

    private static IReadOnlyList<ColumnValue> Examine(byte[] cover, QuantizeAlgorithm algorithm) =>
        new PaletteExtractor(new EtlOptions { Quantize = { Algorithm = algorithm } }, Every()).Examine(cover).Columns;

    private static byte[] Cover(int width, int height, Func<int, int, SKColor> pixel)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        bitmap.Pixels = [.. Enumerable.Range(0, width * height).Select(i => pixel(i % width, i / width))];
        using SKData png = bitmap.Encode(SKEncodedImageFormat.Png, quality: 100);
        return png.ToArray();
    }
}
