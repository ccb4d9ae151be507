using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Etl.Cluster;

/// <summary>Consumes a queue. Ends its session when the queue is deleted; the client would go on without a consumer.</summary>
internal sealed class QueueConsumer(BrokerSession session, IChannel channel, string queue) : AsyncEventingBasicConsumer(channel)
{
    /// <summary>Starts a consumer.</summary>
    /// <param name="session">The session, which ends if the queue is deleted.</param>
    /// <param name="channel">The channel of the deliveries.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="prefetch">Maximum number of unacknowledged messages.</param>
    /// <param name="receive">Receives each message; the client reuses the body's buffer after the first await.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The consumer tag.</returns>
    public static async Task<string> StartAsync(
        BrokerSession session,
        IChannel channel,
        string queue,
        int prefetch,
        Func<BasicDeliverEventArgs, Task> receive,
        CancellationToken cancellationToken)
    {
        await channel.BasicQosAsync(0, (ushort)prefetch, global: false, cancellationToken).ConfigureAwait(false);
        var consumer = new QueueConsumer(session, channel, queue);
        consumer.ReceivedAsync += (_, message) => receive(message);
        return await channel.BasicConsumeAsync(
            queue, autoAck: false, consumerTag: "", noLocal: false, exclusive: false, arguments: null, consumer, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>The broker has cancelled the consumer, because its queue is deleted.</summary>
    public override Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        session.End($"The queue {queue} is gone.");
        return base.HandleBasicCancelAsync(consumerTag, cancellationToken);
    }
}
