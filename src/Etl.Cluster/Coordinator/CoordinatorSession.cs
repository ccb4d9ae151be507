using Etl.Cluster.Messages;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Etl.Cluster.Coordinator;

/// <summary>Begins each session of a coordinator: declares the queues, and consumes results and returned work.</summary>
/// <param name="options">The options of the cluster.</param>
/// <param name="queues">The queues.</param>
/// <param name="run">The correlation id of this run's messages.</param>
/// <param name="pending">The movies that wait for results.</param>
/// <param name="returned">Handles returned work.</param>
/// <param name="log">The logger.</param>
internal sealed class CoordinatorSession(
    ClusterOptions options, ClusterQueues queues, string run, PendingMovies pending, ReturnedWork returned, ILogger log)
{
    private const int ReturnedAtOnce = 16;
    private static readonly TimeSpan CatchUpTimeout = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource _caughtUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly UnresponsiveQueues _unresponsive = new(options, queues, log);
    private long _waiting;
    private bool _begun;

    /// <summary>Prepares the queues for the movies that are published in this session, and consumes results.</summary>
    public Task BeginAsync(BrokerSession session, CancellationToken stopping) =>
        _unresponsive.BeginAsync(session.Channel, () => DeclareAndConsumeAsync(session, stopping), stopping);

    /// <summary>The results that wait are received before the first movie is published. Every session begins with an empty work
    /// queue: the pending movies are published again, because the broker may have lost them.</summary>
    private async Task DeclareAndConsumeAsync(BrokerSession session, CancellationToken stopping)
    {
        IChannel channel = session.Channel;
        uint waiting = await queues.DeclareAsync(channel, stopping).ConfigureAwait(false);
        if (!_begun)
        {
            Interlocked.Exchange(ref _waiting, waiting);
        }

        // Alone: a second coordinator waits here, before it can empty the first one's queue.
        await QueueConsumer.StartAsync(
            session, channel, queues.Results, options.MaxInFlight, exclusive: true, message => ReceiveResultsAsync(session, message), stopping)
            .ConfigureAwait(false);
        await channel.QueuePurgeAsync(queues.Work, stopping).ConfigureAwait(false);
        await channel.QueuePurgeAsync(queues.Suspect, stopping).ConfigureAwait(false);
        if (!_begun)
        {
            await CatchUpAsync(session, waiting, stopping).ConfigureAwait(false);
            _begun = true;
        }

        await QueueConsumer.StartAsync(
            session, channel, queues.Returned, ReturnedAtOnce, exclusive: false, message => returned.ReceiveAsync(session, message), stopping)
            .ConfigureAwait(false);
    }

    /// <summary>Waits for the results of a run before this one.</summary>
    private async Task CatchUpAsync(BrokerSession session, uint waiting, CancellationToken stopping)
    {
        if (waiting > 0)
        {
            ClusterLog.ResultsWait(log, waiting);
            await Task.WhenAny(_caughtUp.Task, session.Ended, Task.Delay(CatchUpTimeout, stopping)).ConfigureAwait(false);
        }

        Interlocked.Exchange(ref _waiting, 0);
    }

    /// <remarks>The body is read before anything is awaited: after that it is the client's again.</remarks>
    private async Task ReceiveResultsAsync(BrokerSession session, BasicDeliverEventArgs message)
    {
        var delivery = new ResultDelivery(session, message.DeliveryTag);
        ResultMessage? results = message.BasicProperties.CorrelationId == run
            ? MessageFormat.ReadResult(message.BasicProperties, message.Body.Span)
            : null; // of another catalogue, or of other settings
        bool early = Interlocked.Read(ref _waiting) > 0;
        foreach (MovieResult result in results?.Movies ?? [])
        {
            if (early && !pending.Contains(result.Key))
            {
                pending.KeepEarly(result, delivery);
            }
            else
            {
                await pending.CompleteAsync(result, delivery).ConfigureAwait(false);
            }
        }

        delivery.Release();
        if (early && Interlocked.Decrement(ref _waiting) == 0)
        {
            _caughtUp.TrySetResult();
        }
    }
}
