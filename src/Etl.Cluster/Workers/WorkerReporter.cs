using Etl.Cluster.Messages;
using RabbitMQ.Client;

namespace Etl.Cluster.Workers;

/// <summary>Publishes the reports of a worker.</summary>
/// <param name="queues">The queues.</param>
/// <param name="current">The open session.</param>
/// <param name="monitor">The state of the worker.</param>
/// <param name="clock">Measures the interval.</param>
internal sealed class WorkerReporter(ClusterQueues queues, CurrentSession current, WorkerMonitor monitor, TimeProvider clock)
{
    /// <summary>Publishes a report in every interval, until a token is cancelled.</summary>
    public async Task RunAsync(CancellationToken ended)
    {
        try
        {
            using var timer = new PeriodicTimer(ClusterQueues.ReportInterval, clock);
            do
            {
                await PublishAsync(await current.GetAsync(ended).ConfigureAwait(false), ended).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(ended).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The worker ends.
        }
    }

    private async Task PublishAsync(BrokerSession session, CancellationToken ended)
    {
        (BasicProperties properties, byte[] body) = MessageFormat.Write(monitor.Report());
        try
        {
            await session.PublishOptionalAsync(queues.Workers, properties, body, ended).ConfigureAwait(false);
        }
        catch (Exception error) when (BrokerProblem.Is(error) || (error is OperationCanceledException && !ended.IsCancellationRequested))
        {
            // The session has ended; the next report goes to the next one.
        }
    }
}
