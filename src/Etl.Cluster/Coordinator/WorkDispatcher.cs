using Etl.Cluster.Messages;
using Etl.Cluster.Protocol;
using PaletteEtl.Pipeline;
using RabbitMQ.Client;

namespace Etl.Cluster.Coordinator;

/// <summary>Publishes requests as messages of work.</summary>
/// <param name="queues">The queues.</param>
/// <param name="batchSize">Maximum number of requests in a message.</param>
/// <param name="work">Writes the messages.</param>
/// <param name="pending">The movies that wait for results.</param>
/// <param name="publisher">Publishes messages.</param>
/// <param name="abort">Ends everything at once.</param>
/// <param name="ended">Cancels publishing: the run has been aborted, or needs no more results.</param>
internal sealed class WorkDispatcher(
    ClusterQueues queues,
    int batchSize,
    WorkWriter work,
    PendingMovies pending,
    BrokerPublisher publisher,
    RunAbort abort,
    CancellationToken ended)
{
    /// <summary>Requests the palettes of a batch. Completes once each of its movies has a result, or the run is aborted.</summary>
    public async Task DispatchAsync(Item<Movie>[] movies)
    {
        var batch = new PendingBatch(movies.Length);
        await PublishAsync(pending.Add(movies, batch)).ConfigureAwait(false);
        await batch.Completed.WaitAsync(ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Publishes requests, those of suspects one a message. Completes once the broker has confirmed them, or publishing is
    /// cancelled.</summary>
    public async Task PublishAsync(MovieRequest<PendingMovie>[] requests)
    {
        try
        {
            foreach (MovieRequest<PendingMovie> request in requests)
            {
                if (WorkWriter.TooLong(request.Key, request.Movie.Item.Movie) is { } tooLong)
                {
                    await pending.FailAsync(request, tooLong).ConfigureAwait(false);
                }
            }

            foreach (IGrouping<(WorkQueue Queue, string? FailedBy), MovieRequest<PendingMovie>> group in
                requests.GroupBy(static request => (request.Queue, request.FailedBy)))
            {
                foreach (MovieRequest<PendingMovie>[] batch in group.Chunk(group.Key.Queue == WorkQueue.Suspect ? 1 : batchSize))
                {
                    await PublishBatchAsync(queues.NameOf(group.Key.Queue), batch).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // Abandoned like all that is in flight, or completed meanwhile.
        }
        catch (Exception error)
        {
            abort.Fault(error);
        }
    }

    /// <summary>Publishes what is pending of a batch, until the session that confirms it is the current one.</summary>
    private async Task PublishBatchAsync(string queue, MovieRequest<PendingMovie>[] batch)
    {
        BrokerSession? confirmed = null;
        do
        {
            batch = pending.StillPending(batch);
            foreach ((_, (BasicProperties Properties, byte[] Body) message) in batch.Length > 0 ? MessageSize.Split(batch, Write) : [])
            {
                confirmed = await publisher.PublishAsync(queue, message.Properties, message.Body, ended).ConfigureAwait(false);
            }
        }
        while (batch.Length > 0 && !pending.Published(confirmed!, batch));
    }

    private ((BasicProperties, byte[]), int) Write(MovieRequest<PendingMovie>[] requests)
    {
        (BasicProperties properties, byte[] body) = work.Write(requests, pending.Palettes);
        return ((properties, body), body.Length);
    }
}
