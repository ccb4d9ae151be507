using System.Collections.Concurrent;
using System.Threading.Tasks.Dataflow;
using Etl.Cluster.Messages;
using PaletteEtl.Palettes;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;

namespace Etl.Cluster.Coordinator;

/// <summary>Matches pending movies with the results of workers, which come in any order and may come more than once.</summary>
/// <param name="completed">The target of completed movies.</param>
/// <param name="monitor">Counts and times the completed movies.</param>
/// <param name="metrics">Counts the results that are not used.</param>
/// <param name="aborting">Cancels the wait for room in the target.</param>
internal sealed class PendingMovies(
    ITargetBlock<Item<Palette>> completed, StageMonitor monitor, EtlMetrics metrics, CancellationToken aborting)
{
    private readonly ConcurrentDictionary<string, PendingMovie> _pending = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, ResultDelivery> _uncommitted = new();
    private long _unused;

    /// <summary>Results without a pending movie: late ones and duplicates.</summary>
    public long Unused => Interlocked.Read(ref _unused);

    /// <summary>Whether a movie still waits for its result.</summary>
    public bool Contains(string key) => _pending.ContainsKey(key);

    /// <summary>Keeps a movie until its result comes. False when no worker is needed, because the movie crashed every worker in an earlier
    /// run.</summary>
    public async Task<bool> AddAsync(WantedMovie wanted, PendingMovie movie)
    {
        _pending[wanted.Key] = movie;
        if (wanted.Previous is { Stands: true, Reason: FailureReason.Crashed, Version: null })
        {
            await CompleteAsync(CoordinatorResults.CrashedBefore(wanted.Key), delivery: null).ConfigureAwait(false);
            return false;
        }

        return true;
    }

    /// <summary>Completes the pending movie of a result; without one, the result is dropped.</summary>
    /// <param name="result">The result.</param>
    /// <param name="delivery">The message that brought it; null for a result of the coordinator.</param>
    public async Task CompleteAsync(MovieResult result, ResultDelivery? delivery)
    {
        if (!_pending.TryRemove(result.Key, out PendingMovie? movie))
        {
            Drop();
            return;
        }

        Item<Palette> item = result.Complete(movie.Item) with { ReadyAt = monitor.Now };
        monitor.ItemEnded(movie.Started, waited: 0, item.Failure);
        if (delivery is not null)
        {
            delivery.Hold();
            _uncommitted[item.Number] = delivery;
        }

        try
        {
            await completed.SendAsync(item, aborting).ConfigureAwait(false);
            movie.Batch.MovieCompleted();
        }
        catch (OperationCanceledException) when (aborting.IsCancellationRequested)
        {
            // Abandoned like all that is in flight.
        }
    }

    /// <summary>Releases the messages of movies that are committed.</summary>
    public void Settled(ReadOnlySpan<Item<Palette>> batch)
    {
        foreach (ref readonly Item<Palette> item in batch)
        {
            if (_uncommitted.TryRemove(item.Number, out ResultDelivery? delivery))
            {
                delivery.Release();
            }
        }
    }

    private void Drop()
    {
        Interlocked.Increment(ref _unused);
        metrics.ResultUnused();
    }
}
