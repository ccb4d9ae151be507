namespace Etl.Host.Bench.Quality;

/// <summary>The result of a measurement of quality.</summary>
/// <param name="LeftOut">Number of covers that were left out: unreadable, or too large.</param>
/// <param name="Modes">Every mode, with the same covers.</param>
internal sealed record QualityResult(int LeftOut, IReadOnlyList<ModeQuality> Modes)
{
    public int Covers => Modes[0].Covers.Count;

    /// <summary>Number of covers with a vivid hue family.</summary>
    public int VividCovers => Modes[0].Covers.Count(static cover => cover.LosesFamily is not null);

    /// <summary>Number of covers that were encoded again.</summary>
    public int ReencodedCovers => Modes[0].Covers.Count(static cover => cover.Moves.Count > 0);
}
