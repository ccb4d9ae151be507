using System.Threading.Tasks.Dataflow;
using Microsoft.Extensions.Logging;
using PaletteEtl.Catalogue;
using PaletteEtl.Hosting;
using PaletteEtl.Palettes;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;

namespace Etl.Cluster.Coordinator;

/// <summary>One run whose palettes are made by workers: publishes movies in batches, and consumes their results.</summary>
/// <remarks>A batch is in progress until its last movie is completed, so the degree of parallelism bounds the movies in
/// flight, and backpressure reaches the query as from any stage.</remarks>
internal sealed class RemoteRun
{
    private static readonly DataflowLinkOptions Propagate = new() { PropagateCompletion = true };
    private static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(50);

    private readonly TaskCompletionSource _closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationToken _aborting;
    private readonly PendingMovies _pending;
    private readonly BrokerLink _link;
    private readonly ILogger _log;
    private readonly Task _connected;
    private readonly Task _completed;

    public RemoteRun(
        ClusterOptions cluster,
        bool waits,
        EtlOptions options,
        BrokerState state,
        EtlMetrics metrics,
        EtlRun run,
        RunAbort abort,
        TimeProvider clock,
        ILogger log)
    {
        (_aborting, _log) = (abort.Token, log);
        StageMonitor monitor = run.Extract!;
        int batches = cluster.MaxInFlight / cluster.BatchSize;

        var completed = new BufferBlock<Item<Palette>>(new DataflowBlockOptions { BoundedCapacity = options.Write.BatchSize });
        var queues = new ClusterQueues(cluster.Queues);
        var work = new WorkWriter(options);
        var current = new CurrentSession();
        _pending = new PendingMovies(completed, monitor, metrics, _aborting);
        var dispatcher = new WorkDispatcher(queues, work, _pending, new BrokerPublisher(current, clock, log), monitor, _aborting);
        var returned = new ReturnedWork(queues, work.Epoch, _pending, dispatcher.PublishAsync, log);
        var coordinatorLock = new CoordinatorLock(cluster, queues, NameOf(options.Query), waits, state, clock, log);
        var session = new CoordinatorSession(cluster, queues, work.Epoch, coordinatorLock, _pending, returned, log);
        _link = new BrokerLink(cluster, "etl coordinator", current, session.BeginAsync, state, clock, log);

        // batch -> dispatch; workers; completed
        var batch = new BatchBlock<Item<Movie>>(
            cluster.BatchSize, new GroupingDataflowBlockOptions { BoundedCapacity = cluster.BatchSize });
        var dispatch = new ActionBlock<Item<Movie>[]>(
            dispatcher.DispatchAsync, new ExecutionDataflowBlockOptions { BoundedCapacity = batches, MaxDegreeOfParallelism = batches });

        batch.LinkTo(dispatch, Propagate);
        Block = DataflowBlock.Encapsulate(batch, completed);
        _completed = CompleteAsync(batch, dispatch, completed, clock);
        _connected = ConnectAsync(abort);
    }

    /// <summary>Movies in, palettes out.</summary>
    public IPropagatorBlock<Item<Movie>, Item<Palette>> Block { get; }

    public void Settled(ReadOnlySpan<Item<Palette>> batch) => _pending.Settled(batch);

    /// <summary>Acknowledges the committed results, and disconnects.</summary>
    public async Task CloseAsync()
    {
        await _completed.ConfigureAwait(false);
        _closing.SetResult();
        await _connected.ConfigureAwait(false);
        if (_pending.Unused > 0)
        {
            ClusterLog.ResultsUnused(_log, _pending.Unused);
        }
    }

    private static string NameOf(QueryOptions query) =>
        $"{Environment.MachineName}, process {Environment.ProcessId}, table {query.Table} in {query.Database}";

    private async Task ConnectAsync(RunAbort abort)
    {
        try
        {
            await _link.RunAsync(_closing.Task).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            abort.Fault(error);
        }
    }

    /// <summary>Completes the output once every movie has a result, or is abandoned.</summary>
    private static async Task CompleteAsync(
        BatchBlock<Item<Movie>> batch, ActionBlock<Item<Movie>[]> dispatch, BufferBlock<Item<Palette>> completed, TimeProvider clock)
    {
        using ITimer flush = clock.CreateTimer(_ => batch.TriggerBatch(), null, FlushInterval, FlushInterval);
        await dispatch.Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (dispatch.Completion.Exception is { } unforeseen)
        {
            ((IDataflowBlock)completed).Fault(unforeseen);
        }
        else
        {
            completed.Complete();
        }
    }
}
