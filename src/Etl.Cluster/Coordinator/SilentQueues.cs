using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Etl.Cluster.Coordinator;

/// <summary>Ends the silence of queues that give no answer on a connection that does.</summary>
/// <remarks>A broker that is killed while it creates a quorum queue may have one without a leader from then on: nothing that
/// is asked of it is answered until it is deleted.</remarks>
internal sealed class SilentQueues(ClusterOptions options, ClusterQueues queues, ILogger log)
{
    private const int SilencesBeforeDeletion = 2, SilencesBeforeEnd = 5;

    private int _silences;

    /// <summary>Begins a session. Where others before it found no answer, the queues are deleted first: what they hold is made again.</summary>
    /// <exception cref="ClusterException">Deleting them has not helped.</exception>
    public async Task BeginAsync(IChannel channel, Func<Task> begin, CancellationToken stopping)
    {
        try
        {
            if (_silences >= SilencesBeforeDeletion)
            {
                ClusterLog.QueuesDeleted(log, options.Queues);
                await queues.DeleteAsync(channel, stopping).ConfigureAwait(false);
            }

            await begin().ConfigureAwait(false);
            _silences = 0;
        }
        catch (OperationCanceledException error) when (!stopping.IsCancellationRequested)
        {
            if (++_silences >= SilencesBeforeEnd)
            {
                throw new ClusterException(
                    $"The broker {BrokerAccess.Shown(options)} does not answer for the queues {options.Queues}.*, and they cannot be deleted. "
                    + "Restart it, or delete them with rabbitmqctl delete_queue.",
                    error);
            }

            throw;
        }
    }
}
