using PaletteEtl.Pipeline;

namespace PaletteEtl.Service;

/// <summary>The service at one moment.</summary>
/// <param name="State">The state.</param>
/// <param name="Problem">The reason for waiting; null in other states.</param>
/// <param name="NextRetry">When a movie that failed is tried again; null when none is, and during a run.</param>
/// <param name="Runs">Runs begun.</param>
/// <param name="Totals">How movies have ended, those of the run under way included.</param>
/// <param name="Filled">The same without the runs over stale palettes.</param>
/// <param name="Stages">The account of each stage, including the run under way.</param>
/// <param name="Run">The run under way, or else the last; null before the first.</param>
/// <param name="RunStarted">When that run began.</param>
/// <param name="CaughtUpAt">The beginning of the last run that read every movie that was pending then; null before its end.</param>
/// <param name="Total">Number of movies of the run; null until they are counted.</param>
/// <param name="Pending">Number of its movies that are not settled yet; null until they are counted.</param>
/// <param name="Refresh">The progress of the last pass over stale palettes; null if none is made again.</param>
/// <param name="Outage">The outage of all locations of covers; null when there is none.</param>
/// <param name="PausedAt">When the service was paused; null when it is not.</param>
/// <param name="IsLocked">Whether the service waits because another program holds a lock.</param>
internal sealed record ServiceSnapshot(
    ServiceState State,
    string? Problem,
    DateTimeOffset? NextRetry,
    int Runs,
    ServiceTotals Totals,
    ServiceTotals Filled,
    IReadOnlyDictionary<string, StageAccount> Stages,
    RunReport? Run,
    DateTimeOffset RunStarted,
    DateTimeOffset? CaughtUpAt,
    long? Total,
    long? Pending,
    RefreshProgress? Refresh,
    OutageState? Outage,
    DateTimeOffset? PausedAt,
    bool IsLocked);
