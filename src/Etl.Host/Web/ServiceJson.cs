using Etl.Host.Service;
using PaletteEtl.Catalogue;

namespace Etl.Host.Web;

/// <summary>The service as <c>/api/status</c> and the event <c>status</c> show it. Times are UTC, durations seconds.</summary>
internal sealed class ServiceJson(ServiceSnapshot service, DateTimeOffset now, QueryOptions query, RunJson? run, SecondJson second)
{
    public string State { get; } = service.State.ToString().ToLowerInvariant();

    public string? Problem => service.Problem;

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset Now => now;

    public string Version { get; } = ProgramVersion.Number;

    public string Database { get; } = Path.GetFileName(query.Database);

    public string Table => query.Table;

    public required bool RetryNeedsKey { get; init; }

    public DateTimeOffset? NextRetryAt => service.NextRetry;

    public TotalsJson Totals => new(service.Runs, service.Totals);

    public RunJson? Run => run;

    public SecondJson Second => second;
}

/// <summary>Runs, and how their movies ended, since the service started; <c>damaged</c> are those of the palettes written whose cover
/// is damaged.</summary>
internal sealed class TotalsJson(int runs, ServiceTotals totals)
{
    public int Runs => runs;

    public long Written => totals.Written;

    public long DeadLetters => totals.DeadLetters;

    public long Superseded => totals.Superseded;

    public long Skipped => totals.Skipped;

    public long Damaged => totals.Damaged;
}

/// <summary>Movies that ended in the last second.</summary>
/// <param name="Settled">All but those skipped.</param>
/// <param name="DeadLetters">Those of them that failed.</param>
internal readonly record struct SecondJson(long Settled, long DeadLetters);

/// <summary>The last ten minutes, a number a second, the oldest first; null before the service started.</summary>
internal sealed record HistoryJson(DateTimeOffset Now, IReadOnlyList<long?> Seconds, IReadOnlyList<long?> DeadLetters);
