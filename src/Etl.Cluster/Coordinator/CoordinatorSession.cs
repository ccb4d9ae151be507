using System.Threading.Tasks.Dataflow;
using Etl.Cluster.Messages;
using Etl.Cluster.Protocol;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Etl.Cluster.Coordinator;

/// <summary>Begins each session of a coordinator: enters the lock, declares the queues, and consumes results and returned work.</summary>
/// <param name="options">The options of the cluster.</param>
/// <param name="queues">The queues.</param>
/// <param name="coordinatorLock">The lock that one coordinator holds.</param>
/// <param name="pending">The movies that wait for results.</param>
/// <param name="returned">Handles returned work.</param>
/// <param name="repeat">Publishes requests again.</param>
/// <param name="log">The logger.</param>
internal sealed class CoordinatorSession(
    ClusterOptions options,
    ClusterQueues queues,
    CoordinatorLock coordinatorLock,
    PendingMovies pending,
    ReturnedWork returned,
    ITargetBlock<MovieRequest<PendingMovie>[]> repeat,
    ILogger log)
{
    private const int ReturnedAtOnce = 16;

    private readonly UnresponsiveQueues _unresponsive = new(options, queues, log);

    /// <summary>Prepares the queues for the movies that are published in this session, and consumes results.</summary>
    public async Task BeginAsync(BrokerSession session, CancellationToken stopping)
    {
        await coordinatorLock.EnterAsync(session, stopping).ConfigureAwait(false);
        await _unresponsive.BeginAsync(session.Channel, () => DeclareAndConsumeAsync(session, stopping), stopping).ConfigureAwait(false);
        repeat.Post(pending.SessionBegan(session));
    }

    /// <summary>Removes what is left of a run that has ended: second requests for movies that are done.</summary>
    public async Task EndAsync(BrokerSession session)
    {
        try
        {
            await PurgeAsync(session.Channel, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) when (BrokerProblem.Is(error) || error is OperationCanceledException)
        {
            // The next session of a coordinator removes it.
        }
    }

    /// <summary>Every session begins with empty queues of work: the pending movies are requested again, because the broker may have lost
    /// the requests.</summary>
    private async Task DeclareAndConsumeAsync(BrokerSession session, CancellationToken stopping)
    {
        IChannel channel = session.Channel;
        await queues.DeclareAsync(channel, stopping).ConfigureAwait(false);
        await PurgeAsync(channel, stopping).ConfigureAwait(false);
        await QueueConsumer.StartAsync(
            session, channel, queues.Results, options.MaxInFlight, message => ReceiveResultsAsync(session, message), stopping)
            .ConfigureAwait(false);
        await QueueConsumer.StartAsync(
            session, channel, queues.Returned, ReturnedAtOnce, message => returned.ReceiveAsync(session, message), stopping)
            .ConfigureAwait(false);
    }

    private async Task PurgeAsync(IChannel channel, CancellationToken stopping)
    {
        await channel.QueuePurgeAsync(queues.Work, stopping).ConfigureAwait(false);
        await channel.QueuePurgeAsync(queues.Suspect, stopping).ConfigureAwait(false);
    }

    /// <remarks>The message is read before anything is awaited: after that it is the client's again. It is acknowledged once the graph
    /// has taken its movies; a later run has no use for it.</remarks>
    private async Task ReceiveResultsAsync(BrokerSession session, BasicDeliverEventArgs message)
    {
        (ulong tag, ResultHeaders headers) = (message.DeliveryTag, MessageFormat.ResultHeadersOf(message.BasicProperties));
        if (MessageFormat.ReadResult(message.BasicProperties, message.Body.Span) is { } results
            && await pending.ReceiveAsync(headers, results.Movies).ConfigureAwait(false) is { Length: > 0 } again)
        {
            repeat.Post(again);
        }

        session.Acknowledge(tag);
    }
}
