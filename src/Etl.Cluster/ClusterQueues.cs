using Etl.Cluster.Protocol;
using RabbitMQ.Client;

namespace Etl.Cluster;

/// <summary>The queues of one catalogue and their bindings. Those of work and results are quorum queues.</summary>
/// <remarks>A message at the delivery limit is dead-lettered from work and suspect to returned, with the queue's name as routing key.
/// Every requeue counts towards the limit, also that of a broker's restart, so a message that reaches it proves nothing.</remarks>
internal sealed class ClusterQueues(string prefix)
{
    /// <summary>Maximum number of redeliveries of a message.</summary>
    public const int DeliveryLimit = 3;

    /// <summary>Time between two reports of a worker, and how long the broker keeps one.</summary>
    public static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(5), ReportLifetime = 3 * ReportInterval;

    private const int MaxReports = 10_000;

    /// <summary>Batches of movies for workers.</summary>
    public string Work { get; } = $"{prefix}.work";

    /// <summary>Movies of batches that reached the delivery limit, one a message.</summary>
    public string Suspect { get; } = $"{prefix}.suspect";

    /// <summary>Results of workers.</summary>
    public string Results { get; } = $"{prefix}.results";

    /// <summary>Messages that reached the delivery limit, or were rejected.</summary>
    public string Returned { get; } = $"{prefix}.returned";

    /// <summary>Reports of workers, each for a short time. A worker of a version before publishes none.</summary>
    public string Workers { get; } = $"{prefix}.workers";

    /// <summary>The lock of the coordinator.</summary>
    public string Lock { get; } = $"{prefix}.lock";

    /// <summary>The name of the coordinator that holds the lock, or held it last.</summary>
    public string Holder { get; } = $"{prefix}.holder";

    /// <summary>The name of a queue of requests.</summary>
    public string NameOf(WorkQueue queue) => queue == WorkQueue.Suspect ? Suspect : Work;

    /// <summary>Declares the queues of work, results and reports.</summary>
    public async Task DeclareAsync(IChannel channel, CancellationToken cancellationToken)
    {
        await channel.ExchangeDeclareAsync(
            Returned, ExchangeType.Direct, durable: true, cancellationToken: cancellationToken).ConfigureAwait(false);
        await DeclareAsync(channel, Returned, [], cancellationToken).ConfigureAwait(false);
        foreach (string queue in (string[])[Work, Suspect])
        {
            await channel.QueueBindAsync(Returned, Returned, queue, cancellationToken: cancellationToken).ConfigureAwait(false);
            await DeclareAsync(channel, queue, Limited(queue), cancellationToken).ConfigureAwait(false);
        }

        await DeclareAsync(channel, Results, [], cancellationToken).ConfigureAwait(false);
        Dictionary<string, object?> reports = Classic(MaxReports);
        reports["x-message-ttl"] = (long)ReportLifetime.TotalMilliseconds;
        await DeclareAsync(channel, Workers, reports, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Declares the queue of the holder's name: a classic one that keeps the last message.</summary>
    public Task DeclareHolderAsync(IChannel channel, CancellationToken cancellationToken) =>
        DeclareAsync(channel, Holder, Classic(maxLength: 1), cancellationToken);

    /// <summary>Deletes the queues of work and results with their messages.</summary>
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
        ["x-overflow"] = "reject-publish", // required by at-least-once
    };

    /// <summary>The arguments of a classic queue that drops its oldest messages.</summary>
    private static Dictionary<string, object?> Classic(int maxLength) => new() { ["x-queue-type"] = "classic", ["x-max-length"] = maxLength };

    private static Task<QueueDeclareOk> DeclareAsync(
        IChannel channel, string queue, Dictionary<string, object?> arguments, CancellationToken cancellationToken)
    {
        arguments.TryAdd("x-queue-type", "quorum");
        return channel.QueueDeclareAsync(
            queue, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancellationToken);
    }
}
