using Etl.Host.Bench.Quality;

namespace Etl.Host.Json;

/// <summary>The result of <c>etl bench --quality --json</c>.</summary>
internal sealed class QualityJson(QualityResult result)
{
    public int Covers => result.Covers;

    public int LeftOut => result.LeftOut;

    public int VividCovers => result.VividCovers;

    public int ReencodedCovers => result.ReencodedCovers;

    public IEnumerable<ModeQualityJson> Modes => result.Modes.Select(static mode => new ModeQualityJson(mode));
}

/// <summary>The quality of a mode's palettes. Shares are from 0 to 1.</summary>
internal sealed class ModeQualityJson(ModeQuality quality)
{
    public string Mode => quality.Mode;

    public double? FamiliesLostShare => Round(quality.FamiliesLost);

    public double PaletteError => Math.Round(quality.PaletteError, 3);

    public double Ciede2000Mean => Math.Round(quality.DifferenceMean, 3);

    public double Ciede2000P95 => Math.Round(quality.DifferenceP95, 3);

    /// <summary>The OKLab distance times 100 of the worst colour from its partner in the palette at full size.</summary>
    public double? WorstColorMean => Round(quality.WorstMean);

    public double? WorstColorP95 => Round(quality.WorstP95);

    /// <summary>The same with a and b times 2.</summary>
    public double? WorstColorDoubledMean => Round(quality.WorstDoubledMean);

    public double? WorstColorDoubledP95 => Round(quality.WorstDoubledP95);

    public double NearDuplicatesShare => Math.Round(quality.NearDuplicates, 4);

    public double RareColorsShare => Math.Round(quality.RareColors, 4);

    public IEnumerable<ReencodingJson> Reencodings => Reencoding.All.Select((way, i) => new ReencodingJson(way, i, quality));

    private static double? Round(double? value) => value is { } number ? Math.Round(number, 4) : null;
}

/// <summary>How much a mode's palettes change when the covers are encoded again.</summary>
internal sealed class ReencodingJson(Reencoding way, int place, ModeQuality quality)
{
    public string Reencoding => way.Name;

    public double? MeanDistance => quality.Distance(place) is { } distance ? Math.Round(distance, 3) : null;

    public double? FirstColorMovedShare => quality.FirstColorMoved(place) is { } share ? Math.Round(share, 4) : null;
}
