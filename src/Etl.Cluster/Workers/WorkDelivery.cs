using Etl.Cluster.Messages;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Etl.Cluster.Workers;

/// <summary>An unacknowledged work message, with the session that delivered it.</summary>
/// <param name="session">The session.</param>
/// <param name="channel">The channel, the only one that can acknowledge it.</param>
/// <param name="message">The message; its body is copied, because the client reuses the buffer.</param>
/// <param name="isExclusive">Whether no other message may be processed meanwhile.</param>
internal sealed class WorkDelivery(BrokerSession session, IChannel channel, BasicDeliverEventArgs message, bool isExclusive)
{
    private readonly ulong _tag = message.DeliveryTag;
    private readonly IReadOnlyBasicProperties _properties = message.BasicProperties;
    private readonly byte[] _body = message.Body.ToArray();

    public BrokerSession Session => session;

    public bool IsExclusive => isExclusive;

    /// <summary>Whether the session has ended, and the broker has requeued the message.</summary>
    public bool IsLost => session.Ended.IsCompleted;

    /// <summary>The work; null when this worker does not support the message.</summary>
    public WorkMessage? Read() => MessageFormat.ReadWork(_properties, _body);

    /// <summary>Rejects the message; the broker routes it back to the coordinator.</summary>
    public async Task RejectAsync(CancellationToken cancellationToken) =>
        await channel.BasicRejectAsync(_tag, requeue: false, cancellationToken).ConfigureAwait(false);

    /// <summary>Publishes the results and, once the broker has confirmed them, acknowledges the message.</summary>
    public async Task CompleteAsync(string queue, MovieResult[] results, CancellationToken cancellationToken)
    {
        (BasicProperties properties, byte[] body) = MessageFormat.WriteResults(results, _properties);
        await session.PublishAsync(queue, properties, body, cancellationToken).ConfigureAwait(false);
        await channel.BasicAckAsync(_tag, multiple: false, cancellationToken).ConfigureAwait(false);
    }
}
