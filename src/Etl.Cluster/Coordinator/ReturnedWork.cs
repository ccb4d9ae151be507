using Etl.Cluster.Messages;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Etl.Cluster.Coordinator;

/// <summary>Handles work that no worker returned results for: poison messages and rejected ones.</summary>
/// <param name="queues">The queues.</param>
/// <param name="epoch">The epoch of the run.</param>
/// <param name="pending">The movies that still wait for a result.</param>
/// <param name="publish">Publishes movies to a queue.</param>
/// <param name="log">The logger.</param>
internal sealed class ReturnedWork(
    ClusterQueues queues, string epoch, PendingMovies pending, Func<string, IReadOnlyList<WantedMovie>, Task> publish, ILogger log)
{
    /// <summary>Splits a batch that reached the delivery limit into messages of one movie. A movie that was alone, or rejected, fails.</summary>
    public async Task ReceiveAsync(BrokerSession session, BasicDeliverEventArgs message)
    {
        ulong tag = message.DeliveryTag;
        bool alone = message.RoutingKey == queues.Suspect;
        bool rejected = IsRejected(message.BasicProperties);
        WorkMessage? batch = message.BasicProperties.CorrelationId == epoch
            ? MessageFormat.ReadWork(message.BasicProperties, message.Body.Span)
            : null;
        foreach (WantedMovie movie in batch?.Movies.Where(movie => pending.Contains(movie.Key)) ?? [])
        {
            if (rejected || alone)
            {
                ClusterLog.MovieGivenUp(log, movie.Id, rejected ? "a worker rejected it" : "each worker that processed it crashed");
                await pending.CompleteAsync(rejected ? CoordinatorResults.Rejected(movie.Key) : CoordinatorResults.Crashed(movie.Key), delivery: null)
                    .ConfigureAwait(false);
            }
            else
            {
                await publish(queues.Suspect, [movie]).ConfigureAwait(false);
            }
        }

        session.Acknowledge(tag);
    }

    private static bool IsRejected(IReadOnlyBasicProperties properties) =>
        properties.Headers?.TryGetValue("x-first-death-reason", out object? reason) == true
        && reason is byte[] text && text.AsSpan().SequenceEqual("rejected"u8);
}
