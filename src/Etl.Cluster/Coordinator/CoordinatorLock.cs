using System.Text;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Etl.Cluster.Coordinator;

/// <summary>Lets one coordinator at a time use the queues. The others wait.</summary>
/// <remarks>The lock is an exclusive classic queue, which the broker deletes with the connection of its owner. RabbitMQ does not enforce
/// exclusive consumers on quorum queues.</remarks>
/// <param name="options">The options of the cluster.</param>
/// <param name="queues">The queues.</param>
/// <param name="name">The name of this coordinator, shown to those that wait.</param>
/// <param name="waits">Whether this coordinator waits for the lock; otherwise it fails.</param>
/// <param name="state">The state of the broker; a coordinator that waits is not ready.</param>
/// <param name="clock">Measures the time between two attempts.</param>
/// <param name="log">The logger.</param>
internal sealed class CoordinatorLock(
    ClusterOptions options, ClusterQueues queues, string name, bool waits, ClusterState state, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private bool _hasEntered;

    /// <summary>Enters the lock once no other coordinator holds it. The lock lasts as long as the session.</summary>
    /// <exception cref="ClusterException">Another coordinator holds the lock, and this one does not wait.</exception>
    public async Task EnterAsync(BrokerSession session, CancellationToken stopping)
    {
        string? shown = null;
        while (!await session.TryDeclareExclusiveAsync(queues.Lock, stopping).ConfigureAwait(false))
        {
            string holder = await HolderAsync(session.Channel, stopping).ConfigureAwait(false);
            if (!waits && !_hasEntered) // after a lost connection, the broker may still count the former one as the holder
            {
                throw new ClusterException(
                    $"Another coordinator ({holder}) uses the queues {options.Queues}.*. "
                    + $"Run again after its end, leave out --no-wait, or set {ClusterOptions.Section}:Queues.");
            }

            if (holder != shown)
            {
                shown = holder;
                ClusterLog.CoordinatorWaits(log, holder, options.Queues);
                state.Lost($"Another coordinator ({holder}) uses the queues {options.Queues}.*.");
            }

            await Task.Delay(RetryInterval, clock, stopping).ConfigureAwait(false);
        }

        _hasEntered = true;
        await SetHolderAsync(session, stopping).ConfigureAwait(false);
    }

    /// <summary>The name that the coordinator with the lock has published to the queue of the holder.</summary>
    private async Task<string> HolderAsync(IChannel channel, CancellationToken stopping)
    {
        await queues.DeclareHolderAsync(channel, stopping).ConfigureAwait(false);
        if (await channel.BasicGetAsync(queues.Holder, autoAck: false, stopping).ConfigureAwait(false) is not { } message)
        {
            return "unnamed";
        }

        string holder = Encoding.UTF8.GetString(message.Body.Span);
        await channel.BasicNackAsync(message.DeliveryTag, multiple: false, requeue: true, stopping).ConfigureAwait(false);
        return holder;
    }

    private async Task SetHolderAsync(BrokerSession session, CancellationToken stopping)
    {
        await queues.DeclareHolderAsync(session.Channel, stopping).ConfigureAwait(false);
        await session.PublishAsync(queues.Holder, new BasicProperties(), Encoding.UTF8.GetBytes(name), stopping).ConfigureAwait(false);
    }
}
