using RabbitMQ.Client;

namespace Etl.Cluster;

/// <summary>The queues of one catalogue, all of them quorum queues, and how they hang together.</summary>
/// <remarks>A message that was handed back too often goes from work and suspect to returned, with the queue's name as routing
/// key. No requeue is for free: a broker that restarts counts as well, so only what comes back alone is convicted.</remarks>
internal sealed class ClusterQueues(string prefix)
{
    /// <summary>Times a message is handed out again.</summary>
    public const int DeliveryLimit = 3;

    /// <summary>Batches of movies for workers.</summary>
    public string Work { get; } = $"{prefix}.work";

    /// <summary>Movies of batches that came back, one a message.</summary>
    public string Suspect { get; } = $"{prefix}.suspect";

    /// <summary>What workers answer.</summary>
    public string Results { get; } = $"{prefix}.results";

    /// <summary>What was handed out too often, or refused.</summary>
    public string Returned { get; } = $"{prefix}.returned";

    /// <summary>Creates what is not there.</summary>
    /// <returns>Results that wait.</returns>
    public async Task<uint> DeclareAsync(IChannel channel, CancellationToken cancellationToken)
    {
        await channel.ExchangeDeclareAsync(
            Returned, ExchangeType.Direct, durable: true, cancellationToken: cancellationToken).ConfigureAwait(false);
        await DeclareAsync(channel, Returned, [], cancellationToken).ConfigureAwait(false);
        foreach (string queue in (string[])[Work, Suspect])
        {
            await channel.QueueBindAsync(Returned, Returned, queue, cancellationToken: cancellationToken).ConfigureAwait(false);
            await DeclareAsync(channel, queue, Limited(queue), cancellationToken).ConfigureAwait(false);
        }

        QueueDeclareOk results = await DeclareAsync(channel, Results, [], cancellationToken).ConfigureAwait(false);
        return results.MessageCount;
    }

    /// <summary>Deletes what is there, with all that is in it.</summary>
    public async Task DeleteAsync(IChannel channel, CancellationToken cancellationToken)
    {
        foreach (string queue in (string[])[Work, Suspect, Results, Returned])
        {
            await channel.QueueDeleteAsync(queue, ifUnused: false, ifEmpty: false, cancellationToken: cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private Dictionary<string, object?> Limited(string queue) => new()
    {
        ["x-delivery-limit"] = DeliveryLimit,
        ["x-dead-letter-exchange"] = Returned,
        ["x-dead-letter-routing-key"] = queue,
        ["x-dead-letter-strategy"] = "at-least-once",
        ["x-overflow"] = "reject-publish", // which at-least-once takes
    };

    private static Task<QueueDeclareOk> DeclareAsync(
        IChannel channel, string queue, Dictionary<string, object?> arguments, CancellationToken cancellationToken)
    {
        arguments["x-queue-type"] = "quorum";
        return channel.QueueDeclareAsync(
            queue, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancellationToken);
    }
}
