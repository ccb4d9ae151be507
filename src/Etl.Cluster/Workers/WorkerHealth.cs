using PaletteEtl.Hosting;

namespace Etl.Cluster.Workers;

/// <summary>Whether a worker is alive and ready, for probes.</summary>
/// <param name="options">The machine's options.</param>
/// <param name="monitor">The state of the worker.</param>
/// <param name="extractor">Extracts palettes.</param>
/// <param name="state">The state of the broker.</param>
internal sealed class WorkerHealth(EtlOptions options, WorkerMonitor monitor, WorkExtractor extractor, ClusterState state)
{
    /// <summary>Time beyond the limit of a stage until the worker counts as stalled.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(15);

    private readonly TimeSpan _decoding = options.Decode.Timeout + Margin;
    private readonly TimeSpan _fetching = (options.Fetch.Timeout * options.Fetch.Locations.Count) + Margin;

    /// <summary>Why the worker should be restarted, in a sentence; null while it is alive.</summary>
    /// <remarks>Each movie has a time limit, so messages in hand without progress beyond it mean that threads are blocked. The wait for a
    /// broker has no limit.</remarks>
    public string? Stall()
    {
        if (state.Problem is not null)
        {
            monitor.Progressed();
        }

        TimeSpan stalled = monitor.Stalled;
        return stalled > (extractor.IsFetching ? _fetching : _decoding)
            ? $"The messages in hand have made no progress for {stalled.TotalSeconds:0} s."
            : null;
    }

    /// <summary>Why the worker processes nothing, a sentence each.</summary>
    public string[] Problems() => [.. new[] { Stall(), state.Problem, monitor.Paused }.OfType<string>()];
}
