using System.Threading.Tasks.Dataflow;
using Etl.Cluster.Messages;
using Etl.Cluster.Protocol;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Etl.Cluster.Coordinator;

/// <summary>Handles work that has come back without results.</summary>
/// <param name="queues">The queues.</param>
/// <param name="pending">The movies that wait for results.</param>
/// <param name="repeat">Publishes requests again.</param>
/// <param name="log">The logger.</param>
internal sealed class ReturnedWork(
    ClusterQueues queues, PendingMovies pending, ITargetBlock<MovieRequest<PendingMovie>[]> repeat, ILogger log)
{
    private int _rejected; // a worker of another version rejects many

    /// <summary>Receives a message of the queue of returned work.</summary>
    public async Task ReceiveAsync(BrokerSession session, BasicDeliverEventArgs message)
    {
        (ulong tag, string? epoch) = (message.DeliveryTag, message.BasicProperties.CorrelationId);
        WorkQueue queue = message.RoutingKey == queues.Suspect ? WorkQueue.Suspect : WorkQueue.Work;
        ReturnCause cause = CauseOf(message.BasicProperties);
        if (MessageFormat.ReadWork(message.BasicProperties, message.Body.Span) is { } work)
        {
            if (cause != ReturnCause.Rejected || Interlocked.Exchange(ref _rejected, 1) == 0)
            {
                ClusterLog.WorkReturned(log, work.Movies.Length, message.RoutingKey, Describe(cause));
            }

            repeat.Post(await pending.ReturnAsync(epoch, queue, cause, work.Movies.Select(static movie => movie.Key)).ConfigureAwait(false));
        }

        session.Acknowledge(tag);
    }

    private static ReturnCause CauseOf(IReadOnlyBasicProperties properties)
    {
        ReadOnlySpan<byte> reason = properties.Headers?.TryGetValue("x-first-death-reason", out object? value) == true ? value as byte[] : [];
        return reason.SequenceEqual("rejected"u8) ? ReturnCause.Rejected
            : reason.SequenceEqual("delivery_limit"u8) ? ReturnCause.DeliveryLimit
            : ReturnCause.Removed;
    }

    private static string Describe(ReturnCause cause) => cause switch
    {
        ReturnCause.Rejected => "a worker has rejected it, and may reject more",
        ReturnCause.DeliveryLimit => "it has reached the delivery limit",
        _ => "a policy of the broker has removed it",
    };
}
