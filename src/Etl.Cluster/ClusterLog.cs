using Microsoft.Extensions.Logging;

namespace Etl.Cluster;

/// <summary>All log messages of the cluster.</summary>
internal static partial class ClusterLog
{
    [LoggerMessage(161, LogLevel.Information, "Connected to the broker {Broker}{Again}.")]
    public static partial void BrokerFound(ILogger log, string broker, string again);

    [LoggerMessage(162, LogLevel.Warning, "The broker {Broker} cannot be used: {Problem} Trying again in {Seconds} s.")]
    public static partial void BrokerLost(ILogger log, string broker, string problem, double seconds);

    [LoggerMessage(163, LogLevel.Warning,
        "The broker {Broker} accepts no messages: it is short of memory or disk. Waiting until it accepts messages again.")]
    public static partial void BrokerBlocks(ILogger log, string broker);

    [LoggerMessage(164, LogLevel.Information, "The broker {Broker} accepts messages again.")]
    public static partial void BrokerUnblocks(ILogger log, string broker);

    [LoggerMessage(165, LogLevel.Debug, "A message to {Queue} is published again: {Problem}")]
    public static partial void PublishRepeated(ILogger log, string queue, string problem);

    [LoggerMessage(166, LogLevel.Warning,
        "Another coordinator ({Holder}) uses the queues {Queues}.*. Waiting until it ends. A catalogue of its own needs its own Etl:Cluster:Queues.")]
    public static partial void CoordinatorWaits(ILogger log, string holder, string queues);

    [LoggerMessage(167, LogLevel.Warning, "Movie {Id} has no palette: {Reason}.")]
    public static partial void MovieGivenUp(ILogger log, MovieId id, string reason);

    [LoggerMessage(168, LogLevel.Information, "{Results} late or duplicate results were discarded.")]
    public static partial void ResultsUnused(ILogger log, long results);

    [LoggerMessage(169, LogLevel.Warning,
        "A message is rejected: its format is not {Version}, or its settings are not supported. Use the same version for workers and coordinator.")]
    public static partial void WorkRefused(ILogger log, string version);

    [LoggerMessage(170, LogLevel.Information, "The worker has ended after {Movies} movies.")]
    public static partial void WorkerEnded(ILogger log, long movies);

    [LoggerMessage(171, LogLevel.Warning,
        "The queues {Queues}.* do not respond. They are deleted and declared again, and their movies are requested again.")]
    public static partial void QueuesDeleted(ILogger log, string queues);
}
