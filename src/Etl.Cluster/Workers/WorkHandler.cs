using Etl.Cluster.Messages;
using Microsoft.Extensions.Logging;
using PaletteEtl.Pipeline;

namespace Etl.Cluster.Workers;

/// <summary>Processes work messages: publishes their results, or rejects them.</summary>
internal sealed class WorkHandler(ClusterQueues queues, WorkExtractor extractor, RunAbort abort, ILogger log)
{
    private long _movies;

    /// <summary>Movies whose results are published.</summary>
    public long Movies => Interlocked.Read(ref _movies);

    /// <summary>Processes a message. The broker requeues a message that is neither acknowledged nor rejected.</summary>
    public async Task HandleAsync(WorkDelivery delivery)
    {
        if (delivery.IsLost || abort.Token.IsCancellationRequested)
        {
            return; // requeued by the broker
        }

        try
        {
            if (delivery.Read() is not { } work || !extractor.Accepts(work.Settings))
            {
                ClusterLog.WorkRefused(log, MessageFormat.Work);
                await delivery.RejectAsync(abort.Token).ConfigureAwait(false);
                return;
            }

            MovieResult[] results = await (delivery.IsExclusive ? extractor.ExtractExclusivelyAsync(work) : extractor.ExtractAsync(work))
                .ConfigureAwait(false);
            await delivery.CompleteAsync(queues.Results, results, abort.Token).ConfigureAwait(false);
            Interlocked.Add(ref _movies, results.Length);
        }
        catch (OperationCanceledException) when (abort.Token.IsCancellationRequested)
        {
            // Requeued when the connection closes.
        }
        catch (Exception error) when (BrokerProblem.Is(error) || error is OperationCanceledException)
        {
            delivery.Session.End(BrokerProblem.Describe(error)); // which requeues the message
        }
        catch (Exception error)
        {
            abort.Fault(error);
        }
    }
}
