using Etl.Cluster.Messages;
using Etl.Cluster.Workers;
using PaletteEtl.Telemetry;

namespace Etl.Cluster.Status;

/// <summary>Keeps the latest reports of workers, over a connection of its own.</summary>
/// <param name="options">The options of the cluster.</param>
/// <param name="state">Receives the reports.</param>
/// <param name="metrics">Counts the workers by state.</param>
/// <param name="clock">Measures the interval.</param>
internal sealed class WorkerWatch(ClusterOptions options, ClusterState state, EtlMetrics metrics, TimeProvider clock)
{
    private readonly ClusterQueues _queues = new(options.Queues);

    /// <summary>Watches until a token is cancelled. A broker that cannot be used has no reports; those who need it report it.</summary>
    public async Task RunAsync(CancellationToken ended)
    {
        BrokerSession? session = null;
        try
        {
            using var timer = new PeriodicTimer(ClusterQueues.ReportInterval, clock);
            do
            {
                session = await ReadAsync(session, ended).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(ended).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The run or the service has ended.
        }
        finally
        {
            Seen([]);
            await CloseAsync(session).ConfigureAwait(false);
        }
    }

    /// <summary>Reads the reports. Returns the session, or null when it cannot be used any more.</summary>
    private async Task<BrokerSession?> ReadAsync(BrokerSession? session, CancellationToken ended)
    {
        try
        {
            session ??= await BrokerSession.OpenAsync(options, "etl workers", static _ => { }, ended).ConfigureAwait(false);
            Seen(await WorkerReports.ReadAsync(session, _queues, ended).ConfigureAwait(false));
            return session;
        }
        catch (Exception error) when (
            error is ClusterException || BrokerProblem.Is(error) || (error is OperationCanceledException && !ended.IsCancellationRequested))
        {
            Seen([]);
            await CloseAsync(session).ConfigureAwait(false);
            return null;
        }
    }

    private void Seen(IReadOnlyList<WorkerReport> workers)
    {
        state.Seen(workers);
        metrics.WorkersSeen(Array.ConvertAll(
            Enum.GetValues<WorkerState>(),
            state => (state.ToString().ToLowerInvariant(), workers.Count(worker => worker.State == state))));
    }

    private static async Task CloseAsync(BrokerSession? session)
    {
        if (session is not null)
        {
            await session.DisposeAsync().ConfigureAwait(false);
        }
    }
}
