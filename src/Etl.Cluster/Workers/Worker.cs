using System.Threading.Tasks.Dataflow;
using Etl.Cluster.Messages;
using Etl.Pipeline;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Etl.Cluster.Workers;

/// <summary>Makes palettes for a coordinator: takes messages, has its bench work on them, publishes the results.</summary>
internal sealed class Worker
{
    private readonly ClusterOptions _options;
    private readonly ClusterQueues _queues;
    private readonly Workbenches _benches;
    private readonly RunAbort _abort;
    private readonly ILogger _log;
    private readonly BrokerLink _link;
    private readonly ActionBlock<WorkDelivery> _work;
    private readonly Lock _gate = new();
    private IReadOnlyList<(IChannel Channel, string Tag)> _consumers = [];
    private bool _draining;
    private long _movies;

    public Worker(ClusterOptions options, Workbenches benches, RunAbort abort, BrokerState state, TimeProvider clock, ILogger log)
    {
        (_options, _queues, _benches, _abort, _log) = (options, new ClusterQueues(options.Queues), benches, abort, log);
        _link = new BrokerLink(options, "etl worker", BeginAsync, state, clock, log);

        // Bounded by the prefetch of the two queues: no more is handed out.
        _work = new ActionBlock<WorkDelivery>(WorkAsync, new ExecutionDataflowBlockOptions { MaxDegreeOfParallelism = options.Prefetch + 1 });
    }

    /// <summary>Works until it is to end.</summary>
    /// <param name="draining">Takes no more; what it holds is finished.</param>
    /// <exception cref="ClusterException">The broker cannot be used, and waiting would not help.</exception>
    public async Task RunAsync(CancellationToken draining)
    {
        using var leaving = new CancellationTokenSource();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(draining, _abort.Token);
        Task link = _link.RunAsync(leaving.Token);
        await Task.WhenAny(link, Task.Delay(Timeout.Infinite, ending.Token)).ConfigureAwait(false);

        await StopConsumingAsync().ConfigureAwait(false);
        _work.Complete();
        await _work.Completion.ConfigureAwait(false);
        await leaving.CancelAsync().ConfigureAwait(false);
        await link.ConfigureAwait(false);
        await _benches.CloseAsync().ConfigureAwait(false);
        ClusterLog.WorkerEnded(_log, Interlocked.Read(ref _movies));
        _abort.ThrowIfFaulted();
    }

    private async Task BeginAsync(BrokerSession session, CancellationToken stopping)
    {
        IChannel suspects = await session.OpenChannelAsync(stopping).ConfigureAwait(false);
        string work = await ConsumeAsync(session, session.Channel, _queues.Work, _options.Prefetch, stopping).ConfigureAwait(false);
        string suspect = await ConsumeAsync(session, suspects, _queues.Suspect, prefetch: 1, stopping).ConfigureAwait(false);
        lock (_gate)
        {
            _consumers = [(session.Channel, work), (suspects, suspect)];
            if (_draining)
            {
                throw new OperationCanceledException("It came too late.");
            }
        }
    }

    private async Task<string> ConsumeAsync(
        BrokerSession session, IChannel channel, string queue, int prefetch, CancellationToken stopping)
    {
        await channel.BasicQosAsync(0, (ushort)prefetch, global: false, stopping).ConfigureAwait(false);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            _work.Post(new WorkDelivery(session, channel, message, alone: queue == _queues.Suspect));
            return Task.CompletedTask;
        };
        return await channel.BasicConsumeAsync(queue, autoAck: false, consumer, stopping).ConfigureAwait(false);
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
                // The broker is gone, and hands out nothing either.
            }
        }
    }

    private async Task WorkAsync(WorkDelivery delivery)
    {
        if (delivery.IsLost || _abort.Token.IsCancellationRequested)
        {
            return; // the broker hands it out again
        }

        try
        {
            if (delivery.Read() is not { } work || !_benches.Accepts(work.Settings))
            {
                ClusterLog.WorkRefused(_log, MessageFormat.Work);
                await delivery.RefuseAsync(_abort.Token).ConfigureAwait(false);
                return;
            }

            MovieResult[] results = await (delivery.Alone ? _benches.ExtractAloneAsync(work) : _benches.ExtractAsync(work)).ConfigureAwait(false);
            await delivery.AnswerAsync(_queues.Results, results, _abort.Token).ConfigureAwait(false);
            Interlocked.Add(ref _movies, results.Length);
        }
        catch (OperationCanceledException) when (_abort.Token.IsCancellationRequested)
        {
            // Handed back with the connection.
        }
        catch (Exception error) when (BrokerProblem.Is(error) || error is OperationCanceledException)
        {
            delivery.Session.End(BrokerProblem.Describe(error)); // in the next one the broker hands it out again
        }
        catch (Exception error)
        {
            _abort.Fault(error);
        }
    }
}
