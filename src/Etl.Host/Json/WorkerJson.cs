using Etl.Cluster.Messages;
using PaletteEtl.Catalogue;

namespace Etl.Host.Json;

/// <summary>The latest report of a worker of the cluster.</summary>
internal sealed class WorkerJson(WorkerReport worker)
{
    public string Worker => worker.Worker;

    public string Host => worker.Host;

    public int ProcessId => worker.ProcessId;

    public string Version => worker.Version;

    public DateTimeOffset At => worker.At;

    /// <summary><c>idle</c>, <c>working</c> or <c>paused</c>.</summary>
    public string State { get; } = worker.State.ToString().ToLowerInvariant();

    /// <summary>Why it is paused.</summary>
    public string? Problem => worker.Problem;

    public long Movies => worker.Movies;

    public double MoviesPerSecond => worker.MoviesPerSecond;

    /// <summary>Movies without a palette by reason, the most frequent first.</summary>
    public IReadOnlyList<ReasonCount> Reasons { get; } =
        [.. worker.Failures.OrderByDescending(static failure => failure.Value).Select(static failure => new ReasonCount(failure.Key, failure.Value))];
}
