using System.Threading.Tasks.Dataflow;
using Etl.Cluster.Protocol;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Etl.Cluster.Workers;

/// <summary>The consumers of a worker, one for each queue of requests. Safe for concurrent use.</summary>
/// <remarks>A worker consumes only while a location of covers is available.</remarks>
/// <param name="options">The options of the cluster.</param>
/// <param name="queues">The queues.</param>
/// <param name="work">Receives the messages.</param>
/// <param name="coversProblem">Returns why no cover can be fetched, in a sentence; null when covers can be fetched.</param>
/// <param name="monitor">Receives the reason of a pause.</param>
/// <param name="clock">Measures how long messages are held, and pauses.</param>
/// <param name="log">The logger.</param>
internal sealed class WorkConsumers(
    ClusterOptions options,
    ClusterQueues queues,
    ITargetBlock<WorkDelivery> work,
    Func<CancellationToken, Task<string?>> coversProblem,
    WorkerMonitor monitor,
    TimeProvider clock,
    ILogger log) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly CancellationTokenSource _stopped = new();
    private readonly PrefetchPolicy _prefetch = new(options.Prefetch);
    private readonly Backoff _pauses = new(TimeSpan.FromSeconds(32));
    private readonly Dictionary<WorkQueue, (IChannel Channel, string Tag)> _consumers = [];
    private BrokerSession? _session;
    private IChannel? _suspects;
    private Task _resuming = Task.CompletedTask;

    /// <summary>Consumes in a new session.</summary>
    /// <exception cref="OperationCanceledException">The worker stops.</exception>
    public async Task BeginAsync(BrokerSession session, CancellationToken stopping)
    {
        IChannel suspects = await session.OpenChannelAsync(stopping).ConfigureAwait(false);
        string? problem = await coversProblem(stopping).ConfigureAwait(false);
        using SemaphoreLease gate = await SemaphoreLease.AcquireAsync(_gate, stopping).ConfigureAwait(false);
        _stopped.Token.ThrowIfCancellationRequested();
        _consumers.Clear();
        (_session, _suspects) = (session, suspects);
        await BeginOrPauseAsync(problem, stopping).ConfigureAwait(false);
    }

    /// <summary>A message has been processed and acknowledged. Holds fewer messages, or more again, by the time it took.</summary>
    /// <param name="delivery">The message.</param>
    /// <param name="failed">Whether no cover of it could be fetched, so that the next pause may be longer.</param>
    public async Task AcknowledgedAsync(WorkDelivery delivery, bool failed)
    {
        TimeSpan held = clock.GetElapsedTime(delivery.DeliveredAt);
        using SemaphoreLease gate = await SemaphoreLease.AcquireAsync(_gate, CancellationToken.None).ConfigureAwait(false);
        if (!failed)
        {
            _pauses.Reset();
        }

        if (delivery.Queue != WorkQueue.Work)
        {
            return;
        }

        if (_prefetch.Observe(held) && delivery.Session == _session && _consumers.Remove(WorkQueue.Work, out (IChannel Channel, string Tag) consumer))
        {
            ClusterLog.PrefetchChanged(log, held.TotalSeconds, _prefetch.Prefetch);
            await consumer.Channel.BasicCancelAsync(consumer.Tag).ConfigureAwait(false);
            await ConsumeAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Consumes nothing for a while.</summary>
    /// <param name="session">The session of the message that is the reason.</param>
    /// <param name="reason">The reason in a sentence.</param>
    public async Task PauseAsync(BrokerSession session, string reason)
    {
        using SemaphoreLease gate = await SemaphoreLease.AcquireAsync(_gate, CancellationToken.None).ConfigureAwait(false);
        if (session == _session && _consumers.Count > 0)
        {
            await CancelAsync().ConfigureAwait(false);
            Pause(reason);
        }
    }

    /// <summary>Consumes nothing any more.</summary>
    public async Task StopAsync()
    {
        await _stopped.CancelAsync().ConfigureAwait(false);
        using (await SemaphoreLease.AcquireAsync(_gate, CancellationToken.None).ConfigureAwait(false))
        {
            await CancelAsync().ConfigureAwait(false);
        }

        await _resuming.ConfigureAwait(false);
    }

    public void Dispose()
    {
        _gate.Dispose();
        _stopped.Dispose();
    }

    private async Task BeginOrPauseAsync(string? problem, CancellationToken cancellationToken)
    {
        if (problem is not null)
        {
            Pause(problem);
            return;
        }

        monitor.Paused = null;
        await ConsumeAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Begins a pause, in which there are no consumers; the one before it has ended, or is that of an ended session.</summary>
    private void Pause(string reason)
    {
        TimeSpan pause = _pauses.Next();
        monitor.Paused = reason;
        ClusterLog.WorkerPaused(log, reason, pause.TotalSeconds);
        _resuming = Task.WhenAll(_resuming, ResumeAsync(_session!, pause));
    }

    private async Task ResumeAsync(BrokerSession session, TimeSpan pause)
    {
        try
        {
            await Task.Delay(pause, clock, _stopped.Token).ConfigureAwait(false);
            string? problem = await coversProblem(_stopped.Token).ConfigureAwait(false);
            using SemaphoreLease gate = await SemaphoreLease.AcquireAsync(_gate, _stopped.Token).ConfigureAwait(false);
            if (session == _session)
            {
                await BeginOrPauseAsync(problem, _stopped.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            // The worker stops.
        }
        catch (Exception error) when (BrokerProblem.Is(error) || error is OperationCanceledException)
        {
            session.End(BrokerProblem.Describe(error)); // a new session consumes
        }
    }

    /// <summary>Starts the consumers that there are none of.</summary>
    private async Task ConsumeAsync(CancellationToken cancellationToken)
    {
        await ConsumeAsync(WorkQueue.Work, _session!.Channel, _prefetch.Prefetch, cancellationToken).ConfigureAwait(false);
        await ConsumeAsync(WorkQueue.Suspect, _suspects!, prefetch: 1, cancellationToken).ConfigureAwait(false);
    }

    private async Task ConsumeAsync(WorkQueue queue, IChannel channel, int prefetch, CancellationToken cancellationToken)
    {
        if (!_consumers.ContainsKey(queue))
        {
            BrokerSession session = _session!;
            string tag = await QueueConsumer.StartAsync(
                session, channel, queues.NameOf(queue), prefetch, message => EnqueueAsync(session, channel, queue, message), cancellationToken)
                .ConfigureAwait(false);
            _consumers[queue] = (channel, tag);
        }
    }

    private Task EnqueueAsync(BrokerSession session, IChannel channel, WorkQueue queue, BasicDeliverEventArgs message)
    {
        work.Post(new WorkDelivery(session, channel, queue, message, clock.GetTimestamp()));
        return Task.CompletedTask;
    }

    private async Task CancelAsync()
    {
        foreach ((IChannel channel, string tag) in _consumers.Values)
        {
            try
            {
                await channel.BasicCancelAsync(tag).ConfigureAwait(false);
            }
            catch (Exception error) when (BrokerProblem.Is(error) || error is OperationCanceledException)
            {
                // Without a session nothing is delivered either.
            }
        }

        _consumers.Clear();
    }
}
