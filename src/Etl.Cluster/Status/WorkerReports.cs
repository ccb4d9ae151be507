using Etl.Cluster.Messages;

namespace Etl.Cluster.Status;

/// <summary>Reads the reports of workers.</summary>
internal static class WorkerReports
{
    /// <summary>The latest report of each worker, in the order of hosts and processes. The reports stay in their queue.</summary>
    public static async Task<IReadOnlyList<WorkerReport>> ReadAsync(
        BrokerSession session, ClusterQueues queues, CancellationToken cancellationToken)
    {
        List<WorkerReport> reports = await session.BrowseAsync(
            queues.Workers, static message => MessageFormat.ReadReport(message.BasicProperties, message.Body.Span), cancellationToken).ConfigureAwait(false);
        return
        [
            .. reports
                .GroupBy(static report => report.Worker, StringComparer.Ordinal)
                .Select(static worker => worker.MaxBy(static report => report.At)!)
                .OrderBy(static report => report.Host, StringComparer.Ordinal)
                .ThenBy(static report => report.ProcessId),
        ];
    }
}
