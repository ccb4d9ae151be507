using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Etl.Cluster;

/// <summary>A consumer whose session is given up once its queue is gone; the client would go on without a consumer.</summary>
internal sealed class WatchedConsumer(BrokerSession session, IChannel channel, string queue) : AsyncEventingBasicConsumer(channel)
{
    /// <summary>The broker has ended the consumer; it was not asked to.</summary>
    public override Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        session.End($"The queue {queue} is gone.");
        return base.HandleBasicCancelAsync(consumerTag, cancellationToken);
    }
}
