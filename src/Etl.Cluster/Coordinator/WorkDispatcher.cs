using Etl.Cluster.Messages;
using PaletteEtl.Pipeline;
using RabbitMQ.Client;

namespace Etl.Cluster.Coordinator;

/// <summary>Publishes batches of movies as work, again in each session, until every movie has a result.</summary>
internal sealed class WorkDispatcher(
    ClusterQueues queues,
    WorkWriter work,
    PendingMovies pending,
    BrokerPublisher publisher,
    StageMonitor monitor,
    CancellationToken aborting)
{
    /// <summary>Completes once each of the movies has a result, or the run is aborted.</summary>
    public async Task DispatchAsync(Item<Movie>[] movies)
    {
        var batch = new PendingBatch(movies.Length);
        var wanted = new List<WantedMovie>(movies.Length);
        try
        {
            foreach (Item<Movie> item in movies)
            {
                WantedMovie movie = WorkWriter.Want(item);
                if (await pending.AddAsync(movie, new PendingMovie(item, batch, monitor.ItemStarted(item.ReadyAt))).ConfigureAwait(false))
                {
                    wanted.Add(movie);
                }
            }

            await PublishUntilCompletedAsync(wanted, batch).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (aborting.IsCancellationRequested)
        {
            // Abandoned like all that is in flight.
        }
    }

    /// <summary>Publishes movies to a queue of workers.</summary>
    /// <returns>The session they were published in.</returns>
    public Task<BrokerSession> PublishAsync(string queue, IReadOnlyList<WantedMovie> movies)
    {
        (BasicProperties properties, byte[] body) = work.Write(movies);
        return publisher.PublishAsync(queue, properties, body, aborting);
    }

    /// <summary>Each session begins with an empty work queue, so pending movies are published again.</summary>
    private async Task PublishUntilCompletedAsync(List<WantedMovie> wanted, PendingBatch batch)
    {
        while (!batch.Completed.IsCompleted)
        {
            wanted.RemoveAll(movie => !pending.Contains(movie.Key));
            Task lost = wanted.Count > 0
                ? (await PublishAsync(queues.Work, wanted).ConfigureAwait(false)).Ended
                : batch.Completed;
            await Task.WhenAny(batch.Completed, lost).WaitAsync(aborting).ConfigureAwait(false);
        }
    }
}
