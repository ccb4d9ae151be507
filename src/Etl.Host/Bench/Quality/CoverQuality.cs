using PaletteEtl.Palettes;

namespace Etl.Host.Bench.Quality;

/// <summary>The quality of the palettes of one cover.</summary>
/// <param name="LosesFamily">Whether the palette has no colour of a vivid hue family; null for a cover without such a family.</param>
/// <param name="PaletteError">The <see cref="Bench.PaletteError"/>.</param>
/// <param name="Differences">The differences of the pixels.</param>
/// <param name="Colors">Number of colours.</param>
/// <param name="HasNearDuplicates">Whether two colours are nearly the same.</param>
/// <param name="Worst">The <see cref="WorstColor"/> against the palette at full size; null without one.</param>
/// <param name="WorstDoubled">The same with a and b times 2.</param>
/// <param name="Moves">The changes of the palette by each of <see cref="Reencoding.All"/>; empty for a cover that is not encoded again.</param>
internal sealed record CoverQuality(
    bool? LosesFamily,
    double PaletteError,
    PixelDifferences Differences,
    int Colors,
    bool HasNearDuplicates,
    double? Worst,
    double? WorstDoubled,
    IReadOnlyList<PaletteMove> Moves)
{
    /// <summary>CIEDE2000 below which two colours look the same side by side.</summary>
    private const double Distinct = 2;

    public static CoverQuality Of(CoverTruth truth, CoverPalettes palettes)
    {
        Palette palette = palettes.Palette;
        return new CoverQuality(
            truth.Hues.Count > 0 ? VividFamilies.AreLost(truth.Hues, palette) : null,
            Bench.PaletteError.Of(truth.Sample, palette),
            PixelDifferences.Of(truth, palette),
            palette.Count,
            HaveNearDuplicates([.. palette.Select(CieLab.Of)]),
            palettes.FullSize is { } full ? WorstColor.Between(palette, full, chromaWeight: 1) : null,
            palettes.FullSize is { } whole ? WorstColor.Between(palette, whole, chromaWeight: 2) : null,
            [.. palettes.Reencoded.Select(again => PaletteMove.Between(palette, again))]);
    }

    private static bool HaveNearDuplicates(CieLab[] colors) =>
        colors.Index().Any(one => colors[..one.Index].Any(other => Ciede2000.Between(one.Item, other) < Distinct));
}
