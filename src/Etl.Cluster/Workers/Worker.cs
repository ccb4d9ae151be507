using System.Threading.Tasks.Dataflow;
using Microsoft.Extensions.Logging;
using PaletteEtl.Pipeline;
using RabbitMQ.Client;

namespace Etl.Cluster.Workers;

/// <summary>Extracts palettes for a coordinator: consumes work messages, and publishes the results.</summary>
internal sealed class Worker
{
    private readonly ClusterOptions _options;
    private readonly ClusterQueues _queues;
    private readonly WorkExtractor _extractor;
    private readonly RunAbort _abort;
    private readonly ILogger _log;
    private readonly WorkHandler _handler;
    private readonly BrokerLink _link;
    private readonly ActionBlock<WorkDelivery> _work;
    private readonly Lock _gate = new();
    private IReadOnlyList<(IChannel Channel, string Tag)> _consumers = [];
    private bool _draining;

    public Worker(ClusterOptions options, WorkExtractor extractor, RunAbort abort, BrokerState state, TimeProvider clock, ILogger log)
    {
        (_options, _queues, _extractor, _abort, _log) = (options, new ClusterQueues(options.Queues), extractor, abort, log);
        _handler = new WorkHandler(_queues, extractor, abort, log);
        _link = new BrokerLink(options, "etl worker", new CurrentSession(), BeginAsync, state, clock, log);

        // Bounded by the prefetch of the two queues.
        _work = new ActionBlock<WorkDelivery>(
            _handler.HandleAsync, new ExecutionDataflowBlockOptions { MaxDegreeOfParallelism = options.Prefetch + 1 });
    }

    /// <summary>Processes messages until the worker drains or aborts.</summary>
    /// <param name="draining">Stops consuming; messages in flight are completed.</param>
    /// <exception cref="ClusterException">The broker cannot be used, and waiting would not help.</exception>
    public async Task RunAsync(CancellationToken draining)
    {
        var leaving = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(draining, _abort.Token);
        Task link = _link.RunAsync(leaving.Task);
        await Task.WhenAny(link, Task.Delay(Timeout.Infinite, ending.Token)).ConfigureAwait(false);

        await StopConsumingAsync().ConfigureAwait(false);
        _work.Complete();
        await _work.Completion.ConfigureAwait(false);
        leaving.SetResult();
        await link.ConfigureAwait(false);
        await _extractor.CloseAsync().ConfigureAwait(false);
        ClusterLog.WorkerEnded(_log, _handler.Movies);
        _abort.ThrowIfFaulted();
    }

    private async Task BeginAsync(BrokerSession session, CancellationToken stopping)
    {
        IChannel suspects = await session.OpenChannelAsync(stopping).ConfigureAwait(false);
        string work = await QueueConsumer.StartAsync(
            session, session.Channel, _queues.Work, _options.Prefetch,
            message => EnqueueAsync(new WorkDelivery(session, session.Channel, message, isExclusive: false)), stopping).ConfigureAwait(false);
        string suspect = await QueueConsumer.StartAsync(
            session, suspects, _queues.Suspect, prefetch: 1,
            message => EnqueueAsync(new WorkDelivery(session, suspects, message, isExclusive: true)), stopping).ConfigureAwait(false);
        lock (_gate)
        {
            _consumers = [(session.Channel, work), (suspects, suspect)];
            if (_draining)
            {
                throw new OperationCanceledException("The worker drains.");
            }
        }
    }

    private Task EnqueueAsync(WorkDelivery delivery)
    {
        _work.Post(delivery);
        return Task.CompletedTask;
    }

    private async Task StopConsumingAsync()
    {
        IReadOnlyList<(IChannel Channel, string Tag)> consumers;
        lock (_gate)
        {
            _draining = true;
            consumers = _consumers;
        }

        foreach ((IChannel channel, string tag) in consumers)
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
    }
}
