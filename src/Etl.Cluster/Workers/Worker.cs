using System.Threading.Tasks.Dataflow;
using Microsoft.Extensions.Logging;
using PaletteEtl.Pipeline;

namespace Etl.Cluster.Workers;

/// <summary>Extracts palettes for a coordinator: consumes work messages, and publishes the results.</summary>
internal sealed class Worker : IDisposable
{
    private readonly WorkExtractor _extractor;
    private readonly RunAbort _abort;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _ending;
    private readonly WorkHandler _handler;
    private readonly WorkConsumers _consumers;
    private readonly BrokerLink _link;
    private readonly WorkerReporter _reporter;
    private readonly WorkerMonitor _monitor;
    private readonly ActionBlock<WorkDelivery> _work;

    /// <param name="options">The options of the cluster.</param>
    /// <param name="extractor">Extracts palettes.</param>
    /// <param name="coversProblem">Returns why no cover can be fetched, in a sentence; null when covers can be fetched.</param>
    /// <param name="monitor">The state of the worker.</param>
    /// <param name="state">The state of the broker.</param>
    /// <param name="abort">Ends everything at once.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="log">The logger.</param>
    public Worker(
        ClusterOptions options,
        WorkExtractor extractor,
        Func<CancellationToken, Task<string?>> coversProblem,
        WorkerMonitor monitor,
        ClusterState state,
        RunAbort abort,
        TimeProvider clock,
        ILogger log)
    {
        (_extractor, _monitor, _abort, _log) = (extractor, monitor, abort, log);
        _ending = CancellationTokenSource.CreateLinkedTokenSource(abort.Token);
        var queues = new ClusterQueues(options.Queues);
        var current = new CurrentSession();

        // Bounded by the prefetch of the two queues.
        _work = new ActionBlock<WorkDelivery>(
            delivery => _handler!.HandleAsync(delivery), new ExecutionDataflowBlockOptions { MaxDegreeOfParallelism = options.Prefetch + 1 });
        _consumers = new WorkConsumers(options, queues, _work, coversProblem, monitor, clock, log);
        _handler = new WorkHandler(
            queues,
            options.Catalogue,
            extractor,
            new BrokerPublisher(current, clock, log),
            _consumers,
            monitor,
            abort,
            clock,
            log,
            _ending.Token);
        _reporter = new WorkerReporter(queues, current, monitor, clock);
        _link = new BrokerLink(options, "etl worker", current, _consumers.BeginAsync, state, clock, log);
    }

    /// <summary>Processes messages until the worker drains or aborts.</summary>
    /// <param name="draining">Stops consuming; messages in flight are completed.</param>
    /// <exception cref="ClusterException">The broker cannot be used, and waiting would not help.</exception>
    public async Task RunAsync(CancellationToken draining)
    {
        var leaving = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(draining, _abort.Token);
        Task link = _link.RunAsync(leaving.Task);
        Task reports = _reporter.RunAsync(_ending.Token);
        if (await Task.WhenAny(link, Task.Delay(Timeout.Infinite, stopping.Token)).ConfigureAwait(false) == link)
        {
            await _ending.CancelAsync().ConfigureAwait(false); // there is no broker to publish to
        }

        await _consumers.StopAsync().ConfigureAwait(false);
        _work.Complete();
        await _work.Completion.ConfigureAwait(false);
        await _ending.CancelAsync().ConfigureAwait(false);
        await reports.ConfigureAwait(false);
        leaving.SetResult();
        await link.ConfigureAwait(false);
        await _extractor.CloseAsync().ConfigureAwait(false);
        ClusterLog.WorkerEnded(_log, _monitor.Movies);
        _abort.ThrowIfFaulted();
    }

    public void Dispose()
    {
        _consumers.Dispose();
        _ending.Dispose();
    }
}
