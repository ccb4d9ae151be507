using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Etl.Cluster.Coordinator;

/// <summary>Deletes queues that do not respond on a connection that does.</summary>
/// <remarks>A broker that is killed while it creates a quorum queue may leave one without a leader: requests to it time out until
/// it is deleted.</remarks>
internal sealed class UnresponsiveQueues(ClusterOptions options, ClusterQueues queues, ILogger log)
{
    private const int TimeoutsBeforeDeletion = 2, TimeoutsBeforeEnd = 5;

    private int _timeouts;

    /// <summary>Begins a session. After timeouts in earlier ones, the queues are deleted first: their content is made again.</summary>
    /// <exception cref="ClusterException">Deleting them has not helped.</exception>
    public async Task BeginAsync(IChannel channel, Func<Task> begin, CancellationToken stopping)
    {
        try
        {
            if (_timeouts >= TimeoutsBeforeDeletion)
            {
                ClusterLog.QueuesDeleted(log, options.Queues);
                await queues.DeleteAsync(channel, stopping).ConfigureAwait(false);
            }

            await begin().ConfigureAwait(false);
            _timeouts = 0;
        }
        catch (OperationCanceledException error) when (!stopping.IsCancellationRequested)
        {
            if (++_timeouts >= TimeoutsBeforeEnd)
            {
                throw new ClusterException(
                    $"The broker {BrokerAccess.Shown(options)} does not respond for the queues {options.Queues}.*, and they cannot be deleted. "
                    + "Restart it, or delete them with rabbitmqctl delete_queue.",
                    error);
            }

            throw;
        }
    }
}
