using PaletteEtl.Covers;
using PaletteEtl.Palettes;

namespace PaletteEtl.Columns;

/// <summary>The columns that there are, in the order in which values are computed and printed.</summary>
internal static class CoverColumns
{
    private const string Section = "Etl:Columns";

    /// <summary>The columns that are configured.</summary>
    /// <param name="options">The options.</param>
    /// <param name="population">The column of <c>Etl:Quantize:PopulationColumn</c>, by which earlier versions name it.</param>
    public static IReadOnlyList<CoverColumn> Of(ColumnOptions options, string? population = null)
    {
        (string Option, string? Name, ICoverColumn Values)[] all =
        [
            .. All(options).Select(static column => ($"{Section}:{column.Option}", column.Name, column.Values)),
        ];
        if (options.Population is null && population is not null)
        {
            all[0] = ("Etl:Quantize:PopulationColumn", population, all[0].Values);
        }

        return [.. all.Where(static column => column.Name is not null).Select(static column => new CoverColumn(column.Option, column.Name!, column.Values))];
    }

    /// <summary>Every column, named as JSON names it.</summary>
    public static IReadOnlyList<CoverColumn> Every(ColumnOptions options) =>
    [
        .. All(options).Select(static column => new CoverColumn(
            $"{Section}:{column.Option}", char.ToLowerInvariant(column.Option[0]) + column.Option[1..], column.Values)),
    ];

    /// <summary>The combined needs of columns.</summary>
    public static Needs NeedsOf(IEnumerable<CoverColumn> columns, Needs quantizer) =>
        columns.Aggregate(quantizer, static (needs, column) => needs | column.Values.Needs);

    /// <summary>Computes the values of columns; null for no column.</summary>
    public static ColumnValue[]? ValuesOf(IReadOnlyList<CoverColumn> columns, in DecodedCover cover, in Palette palette)
    {
        if (columns.Count == 0)
        {
            return null;
        }

        using var facts = new CoverFacts(cover, palette);
        var values = new ColumnValue[columns.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = new ColumnValue(columns[i].Name, columns[i].Values.ValueOf(facts));
        }

        return values;
    }

    /// <summary>Values of a cover that has the pixels of a palette.</summary>
    public static ColumnValue[]? Sample(IReadOnlyList<CoverColumn> columns, in Palette palette)
    {
        Rgb[] pixels = palette.ToArray();
        using var cover = new DecodedCover(ColorHistogram.Of(pixels, new Needs(Counts: true, Sums: false, MayBeScaled: true)), Damage: null)
        {
            Decoding = new CoverDecoding(Decoder: null, "JPEG", pixels.Length, Height: 1, pixels.Length, DecodedHeight: 1, Step: 1),
            Raster = new Raster(pixels.Length, 1, [.. pixels.Select(static pixel => 0xFF_00_00_00 | (uint)(pixel.R | (pixel.G << 8) | (pixel.B << 16)))]),
        };
        return ValuesOf(columns, cover, palette);
    }

    private static (string Option, string? Name, ICoverColumn Values)[] All(ColumnOptions options) =>
    [
        (nameof(options.Population), options.Population, new PopulationColumn()),
        (nameof(options.Colors), options.Colors, new ColorsColumn(options.ColorFormat)),
        (nameof(options.Dominant), options.Dominant, new DominantColumn(options.ColorFormat)),
        (nameof(options.Accent), options.Accent, new AccentColumn(options.ColorFormat)),
        (nameof(options.Mean), options.Mean, new MeanColumn(options.ColorFormat)),
        (nameof(options.TextColor), options.TextColor, new TextColorColumn(options.ColorFormat)),
        (nameof(options.Swatches), options.Swatches, new SwatchesColumn(options.ColorFormat)),
        (nameof(options.IsDark), options.IsDark, new IsDarkColumn()),
        (nameof(options.ThumbHash), options.ThumbHash, new ThumbHashColumn()),
        (nameof(options.BlurHash), options.BlurHash, new BlurHashColumn()),
        (nameof(options.PHash), options.PHash, new PHashColumn()),
        (nameof(options.DHash), options.DHash, new DHashColumn()),
        (nameof(options.Width), options.Width, new WidthColumn()),
        (nameof(options.Height), options.Height, new HeightColumn()),
        (nameof(options.Format), options.Format, new FormatColumn()),
    ];
}
