using Etl.Cluster.Messages;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Etl.Cluster.Coordinator;

/// <summary>Begins each session of a coordinator: enters the lock, declares the queues, and consumes results and returned work.</summary>
/// <param name="options">The options of the cluster.</param>
/// <param name="queues">The queues.</param>
/// <param name="epoch">The epoch of the run.</param>
/// <param name="coordinatorLock">The lock that one coordinator holds.</param>
/// <param name="pending">The movies that wait for results.</param>
/// <param name="returned">Handles returned work.</param>
/// <param name="log">The logger.</param>
internal sealed class CoordinatorSession(
    ClusterOptions options,
    ClusterQueues queues,
    string epoch,
    CoordinatorLock coordinatorLock,
    PendingMovies pending,
    ReturnedWork returned,
    ILogger log)
{
    private const int ReturnedAtOnce = 16;

    private readonly UnresponsiveQueues _unresponsive = new(options, queues, log);

    /// <summary>Prepares the queues for the movies that are published in this session, and consumes results.</summary>
    public async Task BeginAsync(BrokerSession session, CancellationToken stopping)
    {
        await coordinatorLock.EnterAsync(session, stopping).ConfigureAwait(false);
        await _unresponsive.BeginAsync(session.Channel, () => DeclareAndConsumeAsync(session, stopping), stopping).ConfigureAwait(false);
    }

    /// <summary>Every session begins with an empty work queue: the pending movies are published again, because the broker may have
    /// lost them.</summary>
    private async Task DeclareAndConsumeAsync(BrokerSession session, CancellationToken stopping)
    {
        IChannel channel = session.Channel;
        await queues.DeclareAsync(channel, stopping).ConfigureAwait(false);
        await channel.QueuePurgeAsync(queues.Work, stopping).ConfigureAwait(false);
        await channel.QueuePurgeAsync(queues.Suspect, stopping).ConfigureAwait(false);
        await QueueConsumer.StartAsync(
            session, channel, queues.Results, options.MaxInFlight, message => ReceiveResultsAsync(session, message), stopping)
            .ConfigureAwait(false);
        await QueueConsumer.StartAsync(
            session, channel, queues.Returned, ReturnedAtOnce, message => returned.ReceiveAsync(session, message), stopping)
            .ConfigureAwait(false);
    }

    /// <remarks>The body is read before anything is awaited: after that it is the client's again.</remarks>
    private async Task ReceiveResultsAsync(BrokerSession session, BasicDeliverEventArgs message)
    {
        var delivery = new ResultDelivery(session, message.DeliveryTag);
        ResultMessage? results = message.BasicProperties.CorrelationId == epoch
            ? MessageFormat.ReadResult(message.BasicProperties, message.Body.Span)
            : null; // of another run
        foreach (MovieResult result in results?.Movies ?? [])
        {
            await pending.CompleteAsync(result, delivery).ConfigureAwait(false);
        }

        delivery.Release();
    }
}
