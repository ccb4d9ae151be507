using System.Threading.Tasks.Dataflow;
using Etl.Cluster.Messages;
using Etl.Pipeline;
using Etl.Quantize;
using Etl.Query;
using Etl.Telemetry;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

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
    private readonly StageMonitor _monitor;
    private readonly ClusterQueues _queues;
    private readonly WorkWriter _work;
    private readonly Answers _answers;
    private readonly BrokerLink _link;
    private readonly ILogger _log;
    private readonly Task _connected;
    private readonly Task _completed;

    public RemoteRun(
        ClusterOptions cluster, EtlOptions options, BrokerState state, RunMonitor run, RunAbort abort, TimeProvider clock, ILogger log)
    {
        (_aborting, _monitor, _log) = (abort.Token, run.Extract!, log);
        int batches = cluster.MaxInFlight / cluster.BatchSize;

        // batch -> ask; answered
        var batch = new BatchBlock<Item<Movie>>(
            cluster.BatchSize, new GroupingDataflowBlockOptions { BoundedCapacity = cluster.BatchSize });
        var ask = new ActionBlock<Item<Movie>[]>(
            AskAsync, new ExecutionDataflowBlockOptions { BoundedCapacity = batches, MaxDegreeOfParallelism = batches });
        var answered = new BufferBlock<Item<Palette>>(new DataflowBlockOptions { BoundedCapacity = options.Write.BatchSize });

        batch.LinkTo(ask, Propagate);
        _completed = CompleteAsync(batch, ask, answered, clock);
        Block = DataflowBlock.Encapsulate(batch, answered);

        _queues = new ClusterQueues(cluster.Queues);
        _work = new WorkWriter(options);
        _answers = new Answers(answered, _monitor, _aborting);
        var session = new CoordinatorSession(cluster, _queues, _work, _answers, PublishAsync, log);
        _link = new BrokerLink(cluster, "etl coordinator", session.BeginAsync, state, clock, log);
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
        ClusterLog.CoordinatorEnded(_log, _answers.Late);
    }

    private async Task AskAsync(Item<Movie>[] movies)
    {
        var question = new Question(movies.Length);
        var wanted = new List<WantedMovie>(movies.Length);
        try
        {
            foreach (Item<Movie> item in movies)
            {
                _monitor.ItemWaited(item.ReadyAt);
                WantedMovie movie = WorkWriter.Want(item);
                if (await _answers.AskAsync(movie, new AskedMovie(item, question, _monitor.ItemStarted())).ConfigureAwait(false))
                {
                    wanted.Add(movie);
                }
            }

            if (wanted.Count > 0)
            {
                await PublishAsync(_queues.Work, wanted).ConfigureAwait(false);
            }

            await question.Answered.WaitAsync(_aborting).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_aborting.IsCancellationRequested)
        {
            // Abandoned like all that is in flight.
        }
    }

    private Task PublishAsync(string queue, IReadOnlyList<WantedMovie> movies)
    {
        (BasicProperties properties, byte[] body) = _work.Write(movies);
        return _link.PublishAsync(queue, properties, body, _aborting);
    }

    private async Task ConnectAsync(RunAbort abort)
    {
        using var closing = new CancellationTokenSource();
        try
        {
            Task link = _link.RunAsync(closing.Token);
            await Task.WhenAny(link, _closing.Task).ConfigureAwait(false);
            await closing.CancelAsync().ConfigureAwait(false);
            await link.ConfigureAwait(false);
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
