using Etl.Cluster.Messages;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Etl.Cluster.Workers;

/// <summary>A message with work, in the session that it came in.</summary>
/// <param name="session">The session.</param>
/// <param name="channel">The channel, which alone can acknowledge it.</param>
/// <param name="message">The message, whose body is the client's again after this.</param>
/// <param name="alone">Whether nothing else is worked on meanwhile.</param>
internal sealed class WorkDelivery(BrokerSession session, IChannel channel, BasicDeliverEventArgs message, bool alone)
{
    private readonly ulong _tag = message.DeliveryTag;
    private readonly IReadOnlyBasicProperties _properties = message.BasicProperties;
    private readonly byte[] _body = message.Body.ToArray();

    public BrokerSession Session => session;

    public bool Alone => alone;

    /// <summary>Whether the broker has handed it out to another worker by now.</summary>
    public bool IsLost => session.Ended.IsCompleted;

    /// <summary>What is to be done; null when this worker does not understand it.</summary>
    public WorkMessage? Read() => MessageFormat.ReadWork(_properties, _body);

    /// <summary>Has the coordinator told that this message is not understood.</summary>
    public async Task RefuseAsync(CancellationToken cancellationToken) =>
        await channel.BasicRejectAsync(_tag, requeue: false, cancellationToken).ConfigureAwait(false);

    /// <summary>Publishes the results and, once the broker has confirmed them, acknowledges the work.</summary>
    public async Task AnswerAsync(string queue, MovieResult[] results, CancellationToken cancellationToken)
    {
        (BasicProperties properties, byte[] body) = MessageFormat.WriteAnswer(results, _properties);
        await session.PublishAsync(queue, properties, body, cancellationToken).ConfigureAwait(false);
        await channel.BasicAckAsync(_tag, multiple: false, cancellationToken).ConfigureAwait(false);
    }
}
