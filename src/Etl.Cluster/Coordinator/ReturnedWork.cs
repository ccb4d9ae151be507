using Etl.Cluster.Messages;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Etl.Cluster.Coordinator;

/// <summary>Work that no worker has answered for.</summary>
/// <param name="queues">The queues.</param>
/// <param name="run">What messages of this run are known by.</param>
/// <param name="answers">The movies that still wait for an answer.</param>
/// <param name="publish">Publishes movies to a queue.</param>
/// <param name="log">Where it is told.</param>
internal sealed class ReturnedWork(
    ClusterQueues queues, string run, Answers answers, Func<string, IReadOnlyList<WantedMovie>, Task> publish, ILogger log)
{
    /// <summary>What was handed out too often, or refused: a batch is tried again movie by movie, a single movie is given up.</summary>
    public async Task TakeAsync(BrokerSession session, BasicDeliverEventArgs message)
    {
        ulong tag = message.DeliveryTag;
        bool alone = message.RoutingKey == queues.Suspect;
        bool refused = IsRefused(message.BasicProperties);
        WorkMessage? batch = message.BasicProperties.CorrelationId == run
            ? MessageFormat.ReadWork(message.BasicProperties, message.Body.Span)
            : null;
        foreach (WantedMovie movie in batch?.Movies.Where(movie => answers.IsAsked(movie.Key)) ?? [])
        {
            if (refused || alone)
            {
                ClusterLog.MovieGivenUp(log, movie.Id, refused ? "a worker rejected it" : "each worker that processed it crashed");
                await answers.AnswerAsync(refused ? Conviction.NotUnderstood(movie.Key) : Conviction.Crashed(movie.Key), delivery: null)
                    .ConfigureAwait(false);
            }
            else
            {
                await publish(queues.Suspect, [movie]).ConfigureAwait(false);
            }
        }

        session.Acknowledge(tag);
    }

    private static bool IsRefused(IReadOnlyBasicProperties properties) =>
        properties.Headers?.TryGetValue("x-first-death-reason", out object? reason) == true
        && reason is byte[] text && text.AsSpan().SequenceEqual("rejected"u8);
}
