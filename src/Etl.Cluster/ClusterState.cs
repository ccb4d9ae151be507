using Etl.Cluster.Messages;

namespace Etl.Cluster;

/// <summary>The cluster as this process sees it. Safe for concurrent use.</summary>
internal sealed class ClusterState
{
    private volatile string? _problem;
    private volatile IReadOnlyList<WorkerReport> _workers = [];

    /// <summary>Why the broker cannot be used, in a sentence; null when it can, or is not in use.</summary>
    public string? Problem => _problem;

    /// <summary>The latest report of each worker.</summary>
    public IReadOnlyList<WorkerReport> Workers => _workers;

    public void Lost(string problem) => _problem = problem;

    public void Found() => _problem = null;

    /// <summary>The reports have been read.</summary>
    public void Seen(IReadOnlyList<WorkerReport> workers) => _workers = workers;
}
