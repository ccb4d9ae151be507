using PaletteEtl.Pipeline;

namespace Etl.Host.Service;

/// <summary>The service at one moment.</summary>
/// <param name="State">What it does.</param>
/// <param name="Problem">Why it waits; null unless it does.</param>
/// <param name="NextRetry">When a movie that failed is tried again; null when none is, and during a run.</param>
/// <param name="Runs">Runs begun.</param>
/// <param name="Totals">How movies have ended, those of the run under way included.</param>
/// <param name="Run">The run under way, or else the last; null before the first.</param>
/// <param name="RunStarted">When that run began.</param>
/// <param name="Total">Movies it has before it; null until they are counted.</param>
/// <param name="Pending">Those that are not settled yet; null until they are counted.</param>
/// <param name="Left">Time left at its speed so far; null when it cannot be told.</param>
internal sealed record ServiceSnapshot(
    ServiceState State,
    string? Problem,
    DateTimeOffset? NextRetry,
    int Runs,
    ServiceTotals Totals,
    RunReport? Run,
    DateTimeOffset RunStarted,
    long? Total,
    long? Pending,
    TimeSpan? Left);
