using PaletteEtl.Catalogue;

namespace PaletteEtl.Pipeline;

/// <summary>The totals of a run: <c>Read = Written + DeadLetters + Superseded + Skipped + Current + Abandoned</c>, in rows,
/// with <c>InFlight</c> on the right while it lasts.</summary>
public sealed record RunReport
{
    /// <summary>How the run ended.</summary>
    public required RunEnding Ending { get; init; }

    /// <summary>Movies read from the catalogue.</summary>
    public required long Read { get; init; }

    /// <summary>Palettes written, missing ones and those made again.</summary>
    public required long Written { get; init; }

    /// <summary>Those of the palettes written that were made of a damaged cover.</summary>
    public required long Damaged { get; init; }

    /// <summary>Movies whose failure was stored.</summary>
    public required long DeadLetters { get; init; }

    /// <summary>The dead letters of the run, counted by reason, the most frequent first.</summary>
    public IReadOnlyList<ReasonCount> Reasons { get; init; } = [];

    /// <summary>The message of the first dead letter of the run; null when there is none.</summary>
    public string? FirstFailure { get; init; }

    /// <summary>Movies among <see cref="DeadLetters"/> that had a dead letter before.</summary>
    public long FailedAgain { get; init; }

    /// <summary>Movies that had a dead letter before and have a palette now.</summary>
    internal long Recovered { get; init; }

    /// <summary>Movies whose row another program filled, changed or removed meanwhile.</summary>
    public required long Superseded { get; init; }

    /// <summary>Those of <c>Superseded</c> whose palette is still missing: several rows have their id now, or their row has another id.
    /// Counted at the end of the run; 0 before, and after an abort or a fault.</summary>
    public required long SupersededMissing { get; init; }

    /// <summary>Movies left alone because they failed before and their cover has not changed.</summary>
    public required long Skipped { get; init; }

    /// <summary>Movies whose palette was to be made again if their cover had changed, which it has not.</summary>
    public required long Current { get; init; }

    /// <summary>Movies dropped by an abort or a fault; their palettes are still missing.</summary>
    public required long Abandoned { get; init; }

    /// <summary>Movies on their way; 0 once the run has ended.</summary>
    public required long InFlight { get; init; }

    /// <summary>Time the run took, or has taken so far.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Time the processors gave the process while the run lasted, summed over the processors.</summary>
    public required TimeSpan ProcessorTime { get; init; }

    /// <summary>The processors the process may use.</summary>
    public required int Processors { get; init; }

    /// <summary>The stages, in the order the movies pass them.</summary>
    public required IReadOnlyList<StageReport> Stages { get; init; }

    /// <summary>The outages of all locations of covers; null when there was none.</summary>
    internal OutageTotal? Outage { get; init; }

    /// <summary>The limit of the run, in a sentence: an outage of all covers, failures of most movies, or a stage.</summary>
    public string Verdict => Bottleneck.Describe(this);
}
