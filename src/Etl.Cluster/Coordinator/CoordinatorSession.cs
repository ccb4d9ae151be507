using Etl.Cluster.Messages;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Etl.Cluster.Coordinator;

/// <summary>What a coordinator does with each session: creates the queues, takes results and what came back.</summary>
/// <param name="options">How much is taken at once.</param>
/// <param name="queues">The queues.</param>
/// <param name="work">Makes messages.</param>
/// <param name="answers">Where results go.</param>
/// <param name="publish">Publishes movies to a queue.</param>
/// <param name="log">Where it is told.</param>
internal sealed class CoordinatorSession(
    ClusterOptions options,
    ClusterQueues queues,
    WorkWriter work,
    Answers answers,
    Func<string, IReadOnlyList<WantedMovie>, Task> publish,
    ILogger log)
{
    private const int ReturnedAtOnce = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource _caughtUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _waiting;
    private bool _begun;

    /// <summary>Before the first movie is published, the results that wait have come, and the work queue is empty.</summary>
    public async Task BeginAsync(BrokerSession session, CancellationToken stopping)
    {
        IChannel channel = session.Channel;
        uint waiting = await queues.DeclareAsync(channel, stopping).ConfigureAwait(false);
        if (!_begun)
        {
            Interlocked.Exchange(ref _waiting, waiting);
        }

        // Alone: a second coordinator waits here, before it can empty the first one's queue.
        await ConsumeAsync(session, queues.Results, options.MaxInFlight, exclusive: true, ResultsAsync, stopping).ConfigureAwait(false);
        if (!_begun)
        {
            await channel.QueuePurgeAsync(queues.Work, stopping).ConfigureAwait(false);
            await channel.QueuePurgeAsync(queues.Suspect, stopping).ConfigureAwait(false);
            await CatchUpAsync(session, waiting, stopping).ConfigureAwait(false);
            _begun = true;
        }

        await ConsumeAsync(session, queues.Returned, ReturnedAtOnce, exclusive: false, ReturnedAsync, stopping).ConfigureAwait(false);
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

    private static async Task ConsumeAsync(
        BrokerSession session,
        string queue,
        int prefetch,
        bool exclusive,
        Func<BrokerSession, BasicDeliverEventArgs, Task> receive,
        CancellationToken stopping)
    {
        await session.Channel.BasicQosAsync(0, (ushort)prefetch, global: false, stopping).ConfigureAwait(false);
        var consumer = new AsyncEventingBasicConsumer(session.Channel);
        consumer.ReceivedAsync += (_, message) => receive(session, message);
        await session.Channel.BasicConsumeAsync(
            queue, autoAck: false, consumerTag: "", noLocal: false, exclusive, arguments: null, consumer, stopping).ConfigureAwait(false);
    }

    /// <remarks>The body is read before anything is awaited: after that it is the client's again.</remarks>
    private async Task ResultsAsync(BrokerSession session, BasicDeliverEventArgs message)
    {
        var delivery = new ResultDelivery(session, message.DeliveryTag);
        ResultMessage? results = message.BasicProperties.CorrelationId == work.Run
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

    /// <summary>What was handed out too often, or refused: a batch is tried again movie by movie, a single movie is given up.</summary>
    private async Task ReturnedAsync(BrokerSession session, BasicDeliverEventArgs message)
    {
        ulong tag = message.DeliveryTag;
        bool alone = message.RoutingKey == queues.Suspect;
        bool refused = IsRefused(message.BasicProperties);
        WorkMessage? batch = message.BasicProperties.CorrelationId == work.Run
            ? MessageFormat.ReadWork(message.BasicProperties, message.Body.Span)
            : null;
        foreach (WantedMovie movie in batch?.Movies.Where(movie => answers.IsAsked(movie.Key)) ?? [])
        {
            if (refused || alone)
            {
                ClusterLog.MovieGivenUp(log, movie.Id, refused ? "a worker refused it" : "each worker that had it ended");
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
