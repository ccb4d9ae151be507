using System.Threading.Tasks.Dataflow;
using Etl.Cluster.Messages;
using Etl.Cluster.Protocol;
using PaletteEtl.Palettes;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;

namespace Etl.Cluster.Coordinator;

/// <summary>The movies of a run that wait for results: guards their requests, and passes completed movies on. Safe for concurrent use.</summary>
/// <param name="requests">The requests.</param>
/// <param name="completed">The target of completed movies.</param>
/// <param name="monitor">Counts and times the completed movies.</param>
/// <param name="metrics">Counts the results that do not count.</param>
/// <param name="clock">Measures leases.</param>
/// <param name="aborting">Cancels the wait for room in the target.</param>
internal sealed class PendingMovies(
    RequestTable<PendingMovie> requests,
    ITargetBlock<Item<Palette>> completed,
    StageMonitor monitor,
    EtlMetrics metrics,
    TimeProvider clock,
    CancellationToken aborting)
{
    private readonly Lock _gate = new();
    private readonly long _started = clock.GetTimestamp();
    private long _unused;

    /// <summary>Results that did not count: late ones, duplicates, and those of other runs.</summary>
    public long Unused => Interlocked.Read(ref _unused);

    /// <inheritdoc cref="RequestTable{T}.Palettes"/>
    public long Palettes
    {
        get
        {
            lock (_gate)
            {
                return requests.Palettes;
            }
        }
    }

    private TimeSpan Now => clock.GetElapsedTime(_started);

    /// <summary>Makes requests for the movies of a batch.</summary>
    public MovieRequest<PendingMovie>[] Add(Item<Movie>[] movies, PendingBatch batch)
    {
        lock (_gate)
        {
            return Array.ConvertAll(movies, item => requests.Add(new PendingMovie(item, batch, monitor.ItemStarted(item.ReadyAt, item.Span))));
        }
    }

    /// <summary>Those of some requests that are pending.</summary>
    public MovieRequest<PendingMovie>[] StillPending(MovieRequest<PendingMovie>[] some)
    {
        lock (_gate)
        {
            return Array.FindAll(some, requests.IsPending);
        }
    }

    /// <inheritdoc cref="RequestTable{T}.Published"/>
    public bool Published(BrokerSession session, MovieRequest<PendingMovie>[] published)
    {
        lock (_gate)
        {
            return requests.Published(session, published, Now);
        }
    }

    /// <inheritdoc cref="RequestTable{T}.SessionBegan"/>
    public MovieRequest<PendingMovie>[] SessionBegan(BrokerSession session)
    {
        lock (_gate)
        {
            return requests.SessionBegan(session, Now);
        }
    }

    /// <summary>Completes the movies that are given up after an inspection of a queue.</summary>
    /// <returns>Requests to be published again.</returns>
    public Task<MovieRequest<PendingMovie>[]> InspectedAsync(WorkQueue queue, long waiting, long workers)
    {
        ReturnedRequests<PendingMovie> inspected;
        lock (_gate)
        {
            inspected = requests.Inspected(queue, waiting, workers, Now);
        }

        return FollowAsync(inspected);
    }

    /// <summary>Completes the movies of a message of results. A result that does not count is dropped.</summary>
    /// <returns>Requests to be published again, for other workers.</returns>
    public async Task<MovieRequest<PendingMovie>[]> ReceiveAsync(ResultHeaders headers, MovieResult[] results)
    {
        var again = new List<MovieRequest<PendingMovie>>();
        foreach (MovieResult result in results)
        {
            Receipt<PendingMovie> receipt;
            lock (_gate)
            {
                receipt = requests.Receive(headers, result, Now);
            }

            if (receipt.Completed is { } completed)
            {
                await CompleteAsync(completed).ConfigureAwait(false);
            }
            else if (receipt.Again is { } request)
            {
                again.Add(request);
            }
            else if (!receipt.IsUnconfirmed)
            {
                Interlocked.Increment(ref _unused);
                metrics.ResultUnused();
            }
        }

        return [.. again];
    }

    /// <summary>Completes the movies that are given up with a message that has come back.</summary>
    /// <returns>The other requests of the message, to be published again.</returns>
    public Task<MovieRequest<PendingMovie>[]> ReturnAsync(string? epoch, WorkQueue queue, ReturnCause cause, IEnumerable<string> keys)
    {
        ReturnedRequests<PendingMovie> returned;
        lock (_gate)
        {
            returned = requests.Return(epoch, queue, cause, keys, Now);
        }

        return FollowAsync(returned);
    }

    /// <summary>Completes a movie that cannot be requested.</summary>
    public async Task FailAsync(MovieRequest<PendingMovie> request, MovieResult result)
    {
        CompletedRequest<PendingMovie>? failed;
        lock (_gate)
        {
            failed = requests.Fail(request, result);
        }

        if (failed is not null)
        {
            await CompleteAsync(failed).ConfigureAwait(false);
        }
    }

    private async Task<MovieRequest<PendingMovie>[]> FollowAsync(ReturnedRequests<PendingMovie> returned)
    {
        foreach (CompletedRequest<PendingMovie> request in returned.Completed)
        {
            await CompleteAsync(request).ConfigureAwait(false);
        }

        return returned.Again;
    }

    private async Task CompleteAsync(CompletedRequest<PendingMovie> request)
    {
        PendingMovie movie = request.Movie;
        Item<Palette> item = request.Result.Complete(movie.Item, requests.Terms.Columns) with { ReadyAt = monitor.Now };
        monitor.ItemEnded(movie.Started, waited: 0, item.Failure, span: item.Span);
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
}
