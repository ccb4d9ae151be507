using System.Threading.Tasks.Dataflow;
using Etl.Cluster.Protocol;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Etl.Cluster.Coordinator;

/// <summary>Inspects the queues of requests, and publishes requests again whose leases have ended.</summary>
/// <remarks>A queue can be purged or deleted, or lose messages by a policy, without a sign on the connection.</remarks>
/// <param name="queues">The queues.</param>
/// <param name="current">The open session.</param>
/// <param name="pending">The movies that wait for results.</param>
/// <param name="repeat">Publishes requests again.</param>
/// <param name="clock">Measures the interval.</param>
/// <param name="log">The logger.</param>
internal sealed class LeaseWatch(
    ClusterQueues queues,
    CurrentSession current,
    PendingMovies pending,
    ITargetBlock<MovieRequest<PendingMovie>[]> repeat,
    TimeProvider clock,
    ILogger log)
{
    /// <summary>Short at first: failures of a worker wait until the number of workers is known.</summary>
    private static readonly TimeSpan FirstInterval = TimeSpan.FromSeconds(0.125), Interval = TimeSpan.FromSeconds(1);

    private readonly HashSet<string> _withoutWorkers = [];

    /// <summary>Watches until a token is cancelled.</summary>
    public async Task RunAsync(CancellationToken ended)
    {
        try
        {
            using var timer = new PeriodicTimer(FirstInterval, clock);
            while (await timer.WaitForNextTickAsync(ended).ConfigureAwait(false))
            {
                // Both: workers consume neither if one of them is gone.
                await InspectAsync(WorkQueue.Work, timer.Period, ended).ConfigureAwait(false);
                await InspectAsync(WorkQueue.Suspect, timer.Period, ended).ConfigureAwait(false);
                timer.Period = timer.Period < Interval ? 2 * timer.Period : Interval;
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The run has ended.
        }
    }

    private async Task InspectAsync(WorkQueue queue, TimeSpan interval, CancellationToken ended)
    {
        string name = queues.NameOf(queue);
        BrokerSession session = await current.GetAsync(ended).ConfigureAwait(false);
        try
        {
            QueueDeclareOk found = await session.InspectAsync(name, ended).ConfigureAwait(false);
            if (interval == Interval) // before, workers may be about to connect
            {
                ReportWorkers(name, found);
            }

            MovieRequest<PendingMovie>[] again =
                await pending.InspectedAsync(queue, found.MessageCount, found.ConsumerCount).ConfigureAwait(false);
            if (again.Length > 0)
            {
                ClusterLog.LeasesEnded(log, again.Length, name);
                repeat.Post(again);
            }
        }
        catch (Exception error) when (BrokerProblem.Is(error) || (error is OperationCanceledException && !ended.IsCancellationRequested))
        {
            session.End(BrokerProblem.Describe(error));
        }
    }

    /// <summary>Warns once of a queue that no worker consumes.</summary>
    private void ReportWorkers(string queue, QueueDeclareOk found)
    {
        if (found.ConsumerCount > 0)
        {
            _withoutWorkers.Remove(queue);
        }
        else if (found.MessageCount > 0 && _withoutWorkers.Add(queue))
        {
            ClusterLog.NoWorkers(log, queue, found.MessageCount);
        }
    }
}
