using Microsoft.Extensions.Logging;

namespace Etl.Cluster;

/// <summary>All log messages of the cluster.</summary>
internal static partial class ClusterLog
{
    [LoggerMessage(161, LogLevel.Information, "Connected to the broker {Broker:l}{Again:l}.")]
    public static partial void BrokerFound(ILogger log, string broker, string again);

    [LoggerMessage(162, LogLevel.Warning, "The broker {Broker:l} cannot be used: {Problem:l} Trying again in {Seconds} s.")]
    public static partial void BrokerLost(ILogger log, string broker, string problem, double seconds);

    [LoggerMessage(163, LogLevel.Warning,
        "The broker {Broker:l} accepts no messages: it is short of memory or disk. Waiting until it accepts messages again.")]
    public static partial void BrokerBlocks(ILogger log, string broker);

    [LoggerMessage(164, LogLevel.Information, "The broker {Broker:l} accepts messages again.")]
    public static partial void BrokerUnblocks(ILogger log, string broker);

    [LoggerMessage(165, LogLevel.Debug, "A message to {Queue:l} is published again: {Problem:l}")]
    public static partial void PublishRepeated(ILogger log, string queue, string problem);

    [LoggerMessage(166, LogLevel.Warning,
        "Another coordinator ({Holder:l}) uses the queues {Queues:l}.*. Waiting until it ends. A catalogue of its own needs its own Etl:Cluster:Queues.")]
    public static partial void CoordinatorWaits(ILogger log, string holder, string queues);

    [LoggerMessage(167, LogLevel.Warning, "A message with {Movies} movies has come back from {Queue:l} without results: {Cause:l}.")]
    public static partial void WorkReturned(ILogger log, int movies, string queue, string cause);

    [LoggerMessage(168, LogLevel.Information, "{Results} late or duplicate results were discarded.")]
    public static partial void ResultsUnused(ILogger log, long results);

    [LoggerMessage(170, LogLevel.Information, "The worker has ended after {Movies} movies.")]
    public static partial void WorkerEnded(ILogger log, long movies);

    [LoggerMessage(171, LogLevel.Warning,
        "The queues {Queues:l}.* do not respond. They are deleted and declared again, and their movies are requested again.")]
    public static partial void QueuesDeleted(ILogger log, string queues);

    [LoggerMessage(172, LogLevel.Warning,
        "{Movies} movies have no result in time, and no message waits in {Queue:l}. They are requested again.")]
    public static partial void LeasesEnded(ILogger log, int movies, string queue);

    [LoggerMessage(173, LogLevel.Warning, "No worker consumes {Queue:l}, and {Messages} messages wait in it. Start workers with 'etl worker'.")]
    public static partial void NoWorkers(ILogger log, string queue, uint messages);

    [LoggerMessage(174, LogLevel.Warning, "{Reason:l} The worker leaves messages to others and pauses for {Seconds} s.")]
    public static partial void WorkerPaused(ILogger log, string reason, double seconds);

    [LoggerMessage(175, LogLevel.Warning,
        "A message has come back before. Its covers are decoded in separate processes, in case one of them crashes the worker.")]
    public static partial void WorkIsolated(ILogger log);

    [LoggerMessage(176, LogLevel.Information, "Messages take {Seconds:0} s each. The worker holds at most {Prefetch} from now on.")]
    public static partial void PrefetchChanged(ILogger log, double seconds, int prefetch);

    [LoggerMessage(177, LogLevel.Information, "The identity of the catalogue is {Catalogue:l}. Etl:Cluster:Catalogue binds workers to it.")]
    public static partial void CatalogueIdentified(ILogger log, string catalogue);

    [LoggerMessage(178, LogLevel.Warning,
        "A message is rejected, because no worker that received it supports it: {Problem:l}. Use the same version for workers and coordinator.")]
    public static partial void WorkRejected(ILogger log, string problem);

    [LoggerMessage(179, LogLevel.Information, "{Options:l} {Are:l} set here and ignored, because the run decides.")]
    public static partial void OptionsIgnored(ILogger log, string options, string are);
}
