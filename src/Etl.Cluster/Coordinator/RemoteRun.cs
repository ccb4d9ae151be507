using System.Threading.Tasks.Dataflow;
using Etl.Cluster.Protocol;
using Microsoft.Extensions.Logging;
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
    private readonly CancellationTokenSource _ended;
    private readonly CurrentSession _current = new();
    private readonly CoordinatorSession _session;
    private readonly PendingMovies _pending;
    private readonly ActionBlock<MovieRequest<PendingMovie>[]> _repeat;
    private readonly ILogger _log;
    private readonly Task _completed;
    private readonly Task _watched;
    private readonly Task _connected;

    public RemoteRun(
        ClusterOptions cluster,
        CatalogueClaim claim,
        EtlOptions options,
        ClusterState state,
        EtlMetrics metrics,
        EtlRun run,
        RunAbort abort,
        TimeProvider clock,
        ILogger log)
    {
        _log = log;
        _ended = CancellationTokenSource.CreateLinkedTokenSource(abort.Token);
        StageMonitor monitor = run.Extract!;
        int batches = cluster.MaxInFlight / cluster.BatchSize;

        var queues = new ClusterQueues(cluster.Queues);
        var work = new WorkWriter(options, Identify(claim, log));
        var completed = new BufferBlock<Item<Palette>>(new DataflowBlockOptions { BoundedCapacity = options.Write.BatchSize });
        var requests = new RequestTable<PendingMovie>(work.Terms, cluster.ResponseTimeout, WorkWriter.NewKey);
        _pending = new PendingMovies(requests, completed, monitor, metrics, clock, abort.Token);
        var publisher = new BrokerPublisher(_current, clock, log);
        var dispatcher = new WorkDispatcher(queues, cluster.BatchSize, work, _pending, publisher, abort, _ended.Token);

        // batch -> dispatch; workers; completed
        var batch = new BatchBlock<Item<Movie>>(
            cluster.BatchSize, new GroupingDataflowBlockOptions { BoundedCapacity = cluster.BatchSize });
        var dispatch = new ActionBlock<Item<Movie>[]>(
            dispatcher.DispatchAsync, new ExecutionDataflowBlockOptions { BoundedCapacity = batches, MaxDegreeOfParallelism = batches });
        _repeat = new ActionBlock<MovieRequest<PendingMovie>[]>(dispatcher.PublishAsync); // bounded by the pending movies

        batch.LinkTo(dispatch, Propagate);
        Block = DataflowBlock.Encapsulate(batch, completed);
        _completed = CompleteAsync(batch, dispatch, completed, clock);

        var returned = new ReturnedWork(queues, _pending, _repeat, log);
        var coordinatorLock = new CoordinatorLock(cluster, queues, claim.Holder, claim.Waits, state, clock, log);
        _session = new CoordinatorSession(cluster, queues, coordinatorLock, _pending, returned, _repeat, log);
        var link = new BrokerLink(cluster, "etl coordinator", _current, _session.BeginAsync, state, clock, log);
        _connected = GuardAsync(link.RunAsync(_closing.Task), abort);
        _watched = GuardAsync(new LeaseWatch(queues, _current, _pending, _repeat, clock, log).RunAsync(_ended.Token), abort);
    }

    /// <summary>Movies in, palettes out.</summary>
    public IPropagatorBlock<Item<Movie>, Item<Palette>> Block { get; }

    /// <summary>Disconnects.</summary>
    public async Task CloseAsync()
    {
        await _completed.ConfigureAwait(false);
        await _ended.CancelAsync().ConfigureAwait(false);
        await _watched.ConfigureAwait(false);
        if (_current.Open is { } session)
        {
            await _session.EndAsync(session).ConfigureAwait(false);
        }

        _closing.SetResult();
        await _connected.ConfigureAwait(false);
        _repeat.Complete();
        await _repeat.Completion.ConfigureAwait(false);
        _ended.Dispose();
        if (_pending.Unused > 0)
        {
            ClusterLog.ResultsUnused(_log, _pending.Unused);
        }
    }

    private static string? Identify(CatalogueClaim claim, ILogger log)
    {
        string? catalogue = claim.Identity();
        if (catalogue is not null)
        {
            ClusterLog.CatalogueIdentified(log, catalogue);
        }

        return catalogue;
    }

    private static async Task GuardAsync(Task task, RunAbort abort)
    {
        try
        {
            await task.ConfigureAwait(false);
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
        await dispatch.Completion.ConfigureAwait(false);
        completed.Complete();
    }
}
