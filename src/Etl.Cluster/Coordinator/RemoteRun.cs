using System.Threading.Tasks.Dataflow;
using Microsoft.Extensions.Logging;
using PaletteEtl.Hosting;
using PaletteEtl.Palettes;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;

namespace Etl.Cluster.Coordinator;

/// <summary>One run whose palettes are made elsewhere: publishes movies in batches, and takes what workers answer.</summary>
/// <remarks>A batch is in progress until its last movie is answered for, so the degree of parallelism bounds the movies in
/// flight, and backpressure reaches the query as from any stage.</remarks>
internal sealed class RemoteRun
{
    private static readonly DataflowLinkOptions Propagate = new() { PropagateCompletion = true };
    private static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(50);

    private readonly TaskCompletionSource _closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationToken _aborting;
    private readonly Answers _answers;
    private readonly BrokerLink _link;
    private readonly ILogger _log;
    private readonly Task _connected;
    private readonly Task _completed;

    public RemoteRun(
        ClusterOptions cluster,
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

        var answered = new BufferBlock<Item<Palette>>(new DataflowBlockOptions { BoundedCapacity = options.Write.BatchSize });
        var queues = new ClusterQueues(cluster.Queues);
        var work = new WorkWriter(options);
        var current = new CurrentSession();
        _answers = new Answers(answered, monitor, metrics, _aborting);
        var inquiry = new Inquiry(queues, work, _answers, new BrokerPublisher(current, clock, log), monitor, _aborting);
        var returned = new ReturnedWork(queues, work.Run, _answers, inquiry.PublishAsync, log);
        var session = new CoordinatorSession(cluster, queues, work.Run, _answers, returned, log);
        _link = new BrokerLink(cluster, "etl coordinator", current, session.BeginAsync, state, clock, log);

        // batch -> ask; workers; answered
        var batch = new BatchBlock<Item<Movie>>(
            cluster.BatchSize, new GroupingDataflowBlockOptions { BoundedCapacity = cluster.BatchSize });
        var ask = new ActionBlock<Item<Movie>[]>(
            inquiry.AskAsync, new ExecutionDataflowBlockOptions { BoundedCapacity = batches, MaxDegreeOfParallelism = batches });

        batch.LinkTo(ask, Propagate);
        Block = DataflowBlock.Encapsulate(batch, answered);
        _completed = CompleteAsync(batch, ask, answered, clock);
        _connected = ConnectAsync(abort);
    }

    /// <summary>Movies in, palettes out.</summary>
    public IPropagatorBlock<Item<Movie>, Item<Palette>> Block { get; }

    public void Settled(ReadOnlySpan<Item<Palette>> batch) => _answers.Settled(batch);

    /// <summary>Acknowledges what is settled, and leaves the broker.</summary>
    public async Task CloseAsync()
    {
        await _completed.ConfigureAwait(false);
        if (!_aborting.IsCancellationRequested)
        {
            _answers.ForgetEarly();
        }

        _closing.SetResult();
        await _connected.ConfigureAwait(false);
        if (_answers.Unused > 0)
        {
            ClusterLog.ResultsUnused(_log, _answers.Unused);
        }
    }

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

    /// <summary>Ends what comes out once everything that went in is answered for, or abandoned.</summary>
    private static async Task CompleteAsync(
        BatchBlock<Item<Movie>> batch, ActionBlock<Item<Movie>[]> ask, BufferBlock<Item<Palette>> answered, TimeProvider clock)
    {
        using ITimer flush = clock.CreateTimer(_ => batch.TriggerBatch(), null, FlushInterval, FlushInterval);
        await ask.Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (ask.Completion.Exception is { } unforeseen)
        {
            ((IDataflowBlock)answered).Fault(unforeseen);
        }
        else
        {
            answered.Complete();
        }
    }
}
