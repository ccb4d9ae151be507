using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Etl.Cluster.Status;

/// <summary>Reads the queues of a catalogue, as the broker has them now.</summary>
internal static class QueueReader
{
    /// <exception cref="ClusterException">The broker, or its management, cannot be used.</exception>
    public static async Task<IReadOnlyList<QueueStatus>> ReadAsync(ClusterOptions options, CancellationToken cancellationToken)
    {
        IReadOnlyList<QueueStatus> status = await ReadLengthsAsync(options, cancellationToken).ConfigureAwait(false);
        if (options.Management is null)
        {
            return status;
        }

        using var management = new BrokerManagement(options);
        return await Task.WhenAll(status.Select(queue => management.AddRatesAsync(queue, cancellationToken))).ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<QueueStatus>> ReadLengthsAsync(ClusterOptions options, CancellationToken cancellationToken)
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

                return status;
            }
        }
        catch (Exception error) when (
            BrokerProblem.Is(error) || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw BrokerProblem.Unreachable(error, options);
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
