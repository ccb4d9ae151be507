using System.Text.Json.Serialization;
using Etl.Cluster;
using Etl.Host.Web;
using PaletteEtl.Catalogue;
using PaletteEtl.Pipeline;
using PaletteEtl.Service;

namespace Etl.Host.Json;

/// <summary>The service, of <c>/api/status</c> and of the event <c>status</c>.</summary>
internal sealed class ServiceJson(ServiceSnapshot service, DateTimeOffset now, QueryOptions query, ServiceSpeed speed, SecondJson second)
{
    public string State { get; } = service.State.ToString().ToLowerInvariant();

    /// <summary>Why the service is not ready, one sentence for each check that fails.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>The outage of all locations of covers, during which movies wait; null when there is none.</summary>
    public OutageState? Outage => service.Outage;

    /// <summary>When the service was paused; null when it is not.</summary>
    public DateTimeOffset? PausedAt => service.PausedAt;

    /// <summary>Which service leads the catalogue, in a sentence; null when it is this one.</summary>
    public string? Standby => service.State == ServiceState.Standby ? service.Problem : null;

    /// <summary>How long movies in flight have not moved; null unless that is long.</summary>
    public double? StalledSeconds => speed.Stalled?.TotalSeconds;

    /// <summary>How long the database has not accepted a batch, because another program holds a lock; null unless that is long.</summary>
    public required double? LockedSeconds { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset Now => now;

    public string Version { get; } = ProgramVersion.Number;

    /// <summary>The name of the database's file, without its folder.</summary>
    public string Database { get; } = Path.GetFileName(query.Database);

    public string Table => query.Table;

    public required bool RetryNeedsKey { get; init; }

    public DateTimeOffset? NextRetryAt => service.NextRetry;

    /// <summary>The catalogue; null until it is counted.</summary>
    public required ServiceCatalogueJson? Catalogue { get; init; }

    /// <summary>Movies settled in a second, over the last ten; skipped movies and those that failed again do not count.</summary>
    public double MoviesPerSecond => speed.MoviesPerSecond;

    /// <summary>The time until no movie is pending at the speed of the last two minutes; null when it is not known.</summary>
    public double? LeftSeconds => speed.Left?.TotalSeconds;

    /// <summary>The workers of the cluster; empty without a broker.</summary>
    public required IReadOnlyList<WorkerJson> Workers { get; init; }

    public TotalsJson Totals => new(service.Runs, service.Totals);

    /// <summary>The last pass over stale palettes; null if none is made again.</summary>
    public RefreshProgress? Refresh => service.Refresh;

    public CurrentRunJson? Run { get; } = service.Run is { } run ? new(service, run, speed) : null;

    public SecondJson Second => second;
}

/// <summary>The runs since the service started, and the sums of their outcomes.</summary>
internal sealed class TotalsJson(int runs, ServiceTotals totals)
{
    public int Runs => runs;

    public long Read => totals.Read;

    public long Written => totals.Written;

    public long DeadLetters => totals.DeadLetters;

    /// <summary>Movies among <see cref="DeadLetters"/> that had a dead letter before.</summary>
    public long FailedAgain => totals.FailedAgain;

    public long Superseded => totals.Superseded;

    public long Skipped => totals.Skipped;

    /// <summary>Movies whose palette was to be made again if their cover had changed, which it has not.</summary>
    public long Current => totals.Current;

    /// <summary>Palettes among <see cref="Written"/> that were made of damaged covers.</summary>
    public long Damaged => totals.Damaged;
}

/// <summary>A second of the service.</summary>
/// <param name="Settled">Movies settled; skipped movies and those that failed again do not count.</param>
/// <param name="DeadLetters">Movies among them that failed.</param>
/// <param name="Condition">The state at its end.</param>
internal readonly record struct SecondJson(long Settled, long DeadLetters, [property: JsonIgnore] ServiceCondition Condition)
{
    /// <summary><c>idle</c>, <c>running</c>, <c>paused</c>, <c>standby</c>, <c>draining</c>, <c>notReady</c>, <c>stalled</c>, <c>outage</c>,
    /// <c>locked</c> or <c>waiting</c>.</summary>
    public string State => Condition.Name();

    /// <summary>The stage that limits the run under way; null when none does.</summary>
    public required string? LimitingStage { get; init; }

    /// <summary>Runs begun.</summary>
    public required int Runs { get; init; }

    /// <summary>Changes of the configuration taken over.</summary>
    public required int Reloads { get; init; }
}

/// <summary>The last ten minutes, one element for each second, the oldest first.</summary>
/// <param name="Now">The time of the last element.</param>
/// <param name="Seconds">The seconds; null before the service started.</param>
internal sealed record HistoryJson(DateTimeOffset Now, IReadOnlyList<SecondJson?> Seconds);

/// <summary>The answer of <c>/health/ready</c> and <c>/health/live</c>.</summary>
/// <param name="Status"><c>healthy</c> or <c>unhealthy</c>.</param>
/// <param name="Problems">One sentence for each problem.</param>
internal sealed record HealthJson(string Status, IReadOnlyList<string> Problems)
{
    public static HealthJson Of(IReadOnlyList<string> problems) => new(problems.Count == 0 ? "healthy" : "unhealthy", problems);
}

/// <summary>The answer of <c>/api/pause</c> and <c>/api/resume</c>.</summary>
/// <param name="State">The state of the service after it.</param>
internal sealed record PauseJson(string State);

/// <summary>The reason why a request was refused (RFC 9457).</summary>
internal sealed record ProblemJson(string Title, int Status);
