using Etl.Cluster.Messages;
using Microsoft.Extensions.Logging;
using PaletteEtl.Pipeline;

namespace Etl.Cluster.Workers;

/// <summary>Has messages worked on, and answers them.</summary>
internal sealed class WorkHandler(ClusterQueues queues, Workbenches benches, RunAbort abort, ILogger log)
{
    private long _movies;

    /// <summary>Movies answered for.</summary>
    public long Movies => Interlocked.Read(ref _movies);

    /// <summary>Works on a message. What cannot be answered is handed out again by the broker.</summary>
    public async Task HandleAsync(WorkDelivery delivery)
    {
        if (delivery.IsLost || abort.Token.IsCancellationRequested)
        {
            return; // the broker hands it out again
        }

        try
        {
            if (delivery.Read() is not { } work || !benches.Accepts(work.Settings))
            {
                ClusterLog.WorkRefused(log, MessageFormat.Work);
                await delivery.RefuseAsync(abort.Token).ConfigureAwait(false);
                return;
            }

            MovieResult[] results = await (delivery.Alone ? benches.ExtractAloneAsync(work) : benches.ExtractAsync(work))
                .ConfigureAwait(false);
            await delivery.AnswerAsync(queues.Results, results, abort.Token).ConfigureAwait(false);
            Interlocked.Add(ref _movies, results.Length);
        }
        catch (OperationCanceledException) when (abort.Token.IsCancellationRequested)
        {
            // Handed back with the connection.
        }
        catch (Exception error) when (BrokerProblem.Is(error) || error is OperationCanceledException)
        {
            delivery.Session.End(BrokerProblem.Describe(error)); // in the next one the broker hands it out again
        }
        catch (Exception error)
        {
            abort.Fault(error);
        }
    }
}
