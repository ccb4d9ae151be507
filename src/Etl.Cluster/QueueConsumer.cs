using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Etl.Cluster;

/// <summary>Takes messages of a queue. Gives its session up once the queue is gone; the client would go on without a consumer.</summary>
internal sealed class QueueConsumer(BrokerSession session, IChannel channel, string queue) : AsyncEventingBasicConsumer(channel)
{
    /// <summary>Starts to take messages.</summary>
    /// <param name="session">The session, which ends if the queue is deleted.</param>
    /// <param name="channel">The channel they come in.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="prefetch">Messages in hand at once.</param>
    /// <param name="exclusive">Whether nobody else may take any.</param>
    /// <param name="receive">Gets each message; its body is the client's again after the first await.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What it is known by on the channel.</returns>
    public static async Task<string> StartAsync(
        BrokerSession session,
        IChannel channel,
        string queue,
        int prefetch,
        bool exclusive,
        Func<BasicDeliverEventArgs, Task> receive,
        CancellationToken cancellationToken)
    {
        await channel.BasicQosAsync(0, (ushort)prefetch, global: false, cancellationToken).ConfigureAwait(false);
        var consumer = new QueueConsumer(session, channel, queue);
        consumer.ReceivedAsync += (_, message) => receive(message);
        return await channel.BasicConsumeAsync(
            queue, autoAck: false, consumerTag: "", noLocal: false, exclusive, arguments: null, consumer, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>The broker has ended the consumer; it was not asked to.</summary>
    public override Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        session.End($"The queue {queue} is gone.");
        return base.HandleBasicCancelAsync(consumerTag, cancellationToken);
    }
}
