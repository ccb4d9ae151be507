namespace Etl.Host.Bench.Quality;

/// <summary>The quality of the palettes of all covers.</summary>
/// <param name="Mode">The name of the mode or program.</param>
/// <param name="Covers">The quality of each cover.</param>
internal sealed record ModeQuality(string Mode, IReadOnlyList<CoverQuality> Covers)
{
    /// <summary>The share of the covers with a vivid family whose palette loses one.</summary>
    public double? FamiliesLost => Mean(Covers.Where(static cover => cover.LosesFamily is not null), static cover => cover.LosesFamily!.Value ? 1 : 0);

    public double PaletteError => Covers.Average(static cover => cover.PaletteError);

    public double DifferenceMean => Covers.Average(static cover => cover.Differences.Mean);

    public double DifferenceP95 => Covers.Average(static cover => cover.Differences.P95);

    public double? WorstMean => Mean(Covers, static cover => cover.Worst);

    public double? WorstP95 => P95(static cover => cover.Worst);

    public double? WorstDoubledMean => Mean(Covers, static cover => cover.WorstDoubled);

    public double? WorstDoubledP95 => P95(static cover => cover.WorstDoubled);

    /// <summary>The share of the covers with two colours that are nearly the same.</summary>
    public double NearDuplicates => Covers.Average(static cover => cover.HasNearDuplicates ? 1.0 : 0);

    /// <summary>The share of all colours that have hardly a pixel near them.</summary>
    public double RareColors => (double)Covers.Sum(static cover => cover.Differences.RareColors) / Covers.Sum(static cover => cover.Colors);

    /// <summary>The mean distance that a re-encoding moves a palette by; null when no cover was encoded again.</summary>
    public double? Distance(int reencoding) => Mean(Reencoded, cover => cover.Moves[reencoding].Distance);

    /// <summary>The share of the covers whose first colour a re-encoding moves.</summary>
    public double? FirstColorMoved(int reencoding) => Mean(Reencoded, cover => cover.Moves[reencoding].MovesFirstColor ? 1 : 0);

    /// <summary>The mean distance of the re-encodings that show the whole cover.</summary>
    public double? MeanDistance => Reencoding.All.Index().Where(static way => way.Item.ShowsWhole).Average(way => Distance(way.Index));

    private IEnumerable<CoverQuality> Reencoded => Covers.Where(static cover => cover.Moves.Count > 0);

    private static double? Mean(IEnumerable<CoverQuality> covers, Func<CoverQuality, double?> value) => covers.Average(value);

    private double? P95(Func<CoverQuality, double?> value) =>
        Covers.All(cover => value(cover) is not null) ? Percentile.P95(Covers.Select(cover => value(cover)!.Value)) : null;
}
