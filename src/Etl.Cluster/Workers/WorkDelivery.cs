using Etl.Cluster.Messages;
using Etl.Cluster.Protocol;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Etl.Cluster.Workers;

/// <summary>An unacknowledged work message, with the session that delivered it.</summary>
/// <param name="session">The session.</param>
/// <param name="channel">The channel, the only one that can acknowledge it.</param>
/// <param name="queue">The queue it came from.</param>
/// <param name="message">The message; its body is copied, because the client reuses the buffer.</param>
/// <param name="deliveredAt">The time of its delivery, as a timestamp of the clock.</param>
internal sealed class WorkDelivery(
    BrokerSession session, IChannel channel, WorkQueue queue, BasicDeliverEventArgs message, long deliveredAt)
{
    private readonly ulong _tag = message.DeliveryTag;

    public BrokerSession Session => session;

    public WorkQueue Queue => queue;

    public IReadOnlyBasicProperties Properties { get; } = message.BasicProperties;

    public ReadOnlyMemory<byte> Body { get; } = message.Body.ToArray();

    public long DeliveredAt => deliveredAt;

    /// <inheritdoc cref="MessageFormat.RedeliveriesOf"/>
    public long Redeliveries => MessageFormat.RedeliveriesOf(Properties);

    /// <summary>The headers of the message.</summary>
    public WorkHeaders Headers { get; } = MessageFormat.WorkHeadersOf(message.BasicProperties);

    /// <summary>Whether the session has ended, and the broker has requeued the message.</summary>
    public bool IsLost => session.Ended.IsCompleted;

    /// <summary>The work; null when this worker does not support the message.</summary>
    public WorkMessage? Read() => MessageFormat.ReadWork(Properties, Body.Span);

    /// <summary>Rejects the message; the broker returns it to the coordinator.</summary>
    public async Task RejectAsync(CancellationToken cancellationToken) =>
        await channel.BasicRejectAsync(_tag, requeue: false, cancellationToken).ConfigureAwait(false);

    /// <summary>Acknowledges the message, unless the broker has requeued it.</summary>
    public async Task AcknowledgeAsync(CancellationToken cancellationToken)
    {
        if (!IsLost)
        {
            await channel.BasicAckAsync(_tag, multiple: false, cancellationToken).ConfigureAwait(false);
        }
    }
}
