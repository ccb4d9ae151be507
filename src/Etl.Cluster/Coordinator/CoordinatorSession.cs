using Etl.Cluster.Messages;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Etl.Cluster.Coordinator;

/// <summary>What a coordinator does with each session: creates the queues, takes results and what came back.</summary>
/// <param name="options">How much is taken at once.</param>
/// <param name="queues">The queues.</param>
/// <param name="run">What messages of this run are known by.</param>
/// <param name="answers">Where results go.</param>
/// <param name="returned">Where work goes that comes back.</param>
/// <param name="log">Where it is told.</param>
internal sealed class CoordinatorSession(
    ClusterOptions options, ClusterQueues queues, string run, Answers answers, ReturnedWork returned, ILogger log)
{
    private const int ReturnedAtOnce = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource _caughtUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SilentQueues _silent = new(options, queues, log);
    private long _waiting;
    private bool _begun;

    /// <summary>Readies the queues for the movies that are published in this session, and takes what comes.</summary>
    public Task BeginAsync(BrokerSession session, CancellationToken stopping) =>
        _silent.BeginAsync(session.Channel, () => BeginAnsweredAsync(session, stopping), stopping);

    /// <summary>Before the first movie is published, the results that wait have come. The work queue is empty in every session:
    /// what is not answered is asked for again, for the broker may have lost it.</summary>
    private async Task BeginAnsweredAsync(BrokerSession session, CancellationToken stopping)
    {
        IChannel channel = session.Channel;
        uint waiting = await queues.DeclareAsync(channel, stopping).ConfigureAwait(false);
        if (!_begun)
        {
            Interlocked.Exchange(ref _waiting, waiting);
        }

        // Alone: a second coordinator waits here, before it can empty the first one's queue.
        await QueueConsumer.StartAsync(
            session, channel, queues.Results, options.MaxInFlight, exclusive: true, message => ResultsAsync(session, message), stopping)
            .ConfigureAwait(false);
        await channel.QueuePurgeAsync(queues.Work, stopping).ConfigureAwait(false);
        await channel.QueuePurgeAsync(queues.Suspect, stopping).ConfigureAwait(false);
        if (!_begun)
        {
            await CatchUpAsync(session, waiting, stopping).ConfigureAwait(false);
            _begun = true;
        }

        await QueueConsumer.StartAsync(
            session, channel, queues.Returned, ReturnedAtOnce, exclusive: false, message => returned.TakeAsync(session, message), stopping)
            .ConfigureAwait(false);
    }

    /// <summary>Waits for the results of a run before this one.</summary>
    private async Task CatchUpAsync(BrokerSession session, uint waiting, CancellationToken stopping)
    {
        if (waiting > 0)
        {
            ClusterLog.ResultsWait(log, waiting);
            await Task.WhenAny(_caughtUp.Task, session.Ended, Task.Delay(Patience, stopping)).ConfigureAwait(false);
        }

        Interlocked.Exchange(ref _waiting, 0);
    }

    /// <remarks>The body is read before anything is awaited: after that it is the client's again.</remarks>
    private async Task ResultsAsync(BrokerSession session, BasicDeliverEventArgs message)
    {
        var delivery = new ResultDelivery(session, message.DeliveryTag);
        ResultMessage? results = message.BasicProperties.CorrelationId == run
            ? MessageFormat.ReadResult(message.BasicProperties, message.Body.Span)
            : null; // of another catalogue, or of other settings
        bool early = Interlocked.Read(ref _waiting) > 0;
        foreach (MovieResult result in results?.Movies ?? [])
        {
            if (early && !answers.IsAsked(result.Key))
            {
                answers.Keep(result, delivery);
            }
            else
            {
                await answers.AnswerAsync(result, delivery).ConfigureAwait(false);
            }
        }

        delivery.Release();
        if (early && Interlocked.Decrement(ref _waiting) == 0)
        {
            _caughtUp.TrySetResult();
        }
    }
}
