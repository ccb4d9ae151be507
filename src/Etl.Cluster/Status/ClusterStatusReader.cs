using Etl.Cluster.Messages;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Etl.Cluster.Status;

/// <summary>Reads the current state of the queues and the workers of a catalogue.</summary>
internal static class ClusterStatusReader
{
    private const int MaxBrowses = 5;
    private static readonly TimeSpan BrowsePause = TimeSpan.FromMilliseconds(200);

    /// <exception cref="ClusterException">The broker, or its management, cannot be used.</exception>
    public static async Task<ClusterStatus> ReadAsync(ClusterOptions options, CancellationToken cancellationToken)
    {
        ClusterStatus status = await ReadBrokerAsync(options, cancellationToken).ConfigureAwait(false);
        if (options.Management is null)
        {
            return status;
        }

        using var management = new BrokerManagement(options);
        return status with
        {
            Queues = await Task.WhenAll(status.Queues.Select(queue => management.AddRatesAsync(queue, cancellationToken))).ConfigureAwait(false),
        };
    }

    private static async Task<ClusterStatus> ReadBrokerAsync(ClusterOptions options, CancellationToken cancellationToken)
    {
        var queues = new ClusterQueues(options.Queues);
        try
        {
            BrokerSession session = await BrokerSession.OpenAsync(options, "etl status", static _ => { }, cancellationToken)
                .ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                var status = new List<QueueStatus>();
                foreach (string queue in (string[])[queues.Work, queues.Suspect, queues.Returned, queues.Results])
                {
                    status.Add(await ReadAsync(session, queue, cancellationToken).ConfigureAwait(false));
                }

                return new ClusterStatus(status, await ReadWorkersAsync(session, queues, status[0].Consumers, cancellationToken).ConfigureAwait(false));
            }
        }
        catch (Exception error) when (
            BrokerProblem.Is(error) || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw BrokerProblem.Unreachable(error, options);
        }
    }

    /// <summary>Reads the reports again if some are missing: another process that reads them holds them for a moment.</summary>
    private static async Task<IReadOnlyList<WorkerReport>> ReadWorkersAsync(
        BrokerSession session, ClusterQueues queues, long expected, CancellationToken cancellationToken)
    {
        for (int browses = 1; ; browses++)
        {
            IReadOnlyList<WorkerReport> workers = await WorkerReports.ReadAsync(session, queues, cancellationToken).ConfigureAwait(false);
            if (workers.Count >= expected || browses == MaxBrowses)
            {
                return workers;
            }

            await Task.Delay(BrowsePause, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<QueueStatus> ReadAsync(BrokerSession session, string queue, CancellationToken cancellationToken)
    {
        // One of its own, which the broker closes where there is no such queue.
        IChannel channel = await session.OpenChannelAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            QueueDeclareOk found = await channel.QueueDeclarePassiveAsync(queue, cancellationToken).ConfigureAwait(false);
            return new QueueStatus(queue, found.MessageCount, found.ConsumerCount);
        }
        catch (OperationInterruptedException error) when (error.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return new QueueStatus(queue, Waiting: null, Consumers: 0);
        }
    }
}
