using Etl.Cluster.Messages;
using PaletteEtl.Pipeline;
using RabbitMQ.Client;

namespace Etl.Cluster.Coordinator;

/// <summary>Asks the workers for palettes.</summary>
internal sealed class Inquiry(
    ClusterQueues queues,
    WorkWriter work,
    Answers answers,
    BrokerPublisher publisher,
    StageMonitor monitor,
    CancellationToken aborting)
{
    /// <summary>Completes once each of the movies is answered for, or the run is aborted.</summary>
    public async Task AskAsync(Item<Movie>[] movies)
    {
        var question = new Question(movies.Length);
        var wanted = new List<WantedMovie>(movies.Length);
        try
        {
            foreach (Item<Movie> item in movies)
            {
                WantedMovie movie = WorkWriter.Want(item);
                if (await answers.AskAsync(movie, new AskedMovie(item, question, monitor.ItemStarted(item.ReadyAt))).ConfigureAwait(false))
                {
                    wanted.Add(movie);
                }
            }

            await AskUntilAnsweredAsync(wanted, question).ConfigureAwait(false);
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

    /// <summary>Each session begins with an empty work queue, so what is not answered by then is asked once more.</summary>
    private async Task AskUntilAnsweredAsync(List<WantedMovie> wanted, Question question)
    {
        while (!question.Answered.IsCompleted)
        {
            wanted.RemoveAll(movie => !answers.IsAsked(movie.Key));
            Task lost = wanted.Count > 0
                ? (await PublishAsync(queues.Work, wanted).ConfigureAwait(false)).Ended
                : question.Answered;
            await Task.WhenAny(question.Answered, lost).WaitAsync(aborting).ConfigureAwait(false);
        }
    }
}
