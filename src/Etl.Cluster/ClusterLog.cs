using Etl.Query;
using Microsoft.Extensions.Logging;

namespace Etl.Cluster;

/// <summary>All log messages of working together.</summary>
internal static partial class ClusterLog
{
    [LoggerMessage(161, LogLevel.Information, "Connected to the broker {Broker}{Again}.")]
    public static partial void BrokerFound(ILogger log, string broker, string again);

    [LoggerMessage(162, LogLevel.Warning, "The broker {Broker} cannot be used: {Problem} Trying again in {Seconds} s.")]
    public static partial void BrokerLost(ILogger log, string broker, string problem, double seconds);

    [LoggerMessage(163, LogLevel.Warning,
        "The broker {Broker} takes no messages: it is short of memory or disk. Waiting until it does.")]
    public static partial void BrokerBlocks(ILogger log, string broker);

    [LoggerMessage(164, LogLevel.Information, "The broker {Broker} takes messages again.")]
    public static partial void BrokerUnblocks(ILogger log, string broker);

    [LoggerMessage(165, LogLevel.Debug, "A message to {Queue} is published once more: {Problem}")]
    public static partial void PublishRepeated(ILogger log, string queue, string problem);

    [LoggerMessage(166, LogLevel.Information, "{Messages} messages of results wait from an earlier run; they are used.")]
    public static partial void ResultsWait(ILogger log, uint messages);

    [LoggerMessage(167, LogLevel.Warning, "The movie {Id} is given up: {Reason}.")]
    public static partial void MovieGivenUp(ILogger log, MovieId id, string reason);

    [LoggerMessage(168, LogLevel.Information, "{Results} results of workers came late or twice, and were not used.")]
    public static partial void ResultsUnused(ILogger log, long results);

    [LoggerMessage(169, LogLevel.Warning,
        "A message is refused: it is not {Version}, or this worker cannot obey its settings. Let workers and coordinator be of one version.")]
    public static partial void WorkRefused(ILogger log, string version);

    [LoggerMessage(170, LogLevel.Information, "The worker has ended: {Movies} movies answered for.")]
    public static partial void WorkerEnded(ILogger log, long movies);

    [LoggerMessage(171, LogLevel.Warning,
        "The queues {Queues}.* give no answer. They are deleted and created anew; what they held is asked for again.")]
    public static partial void QueuesDeleted(ILogger log, string queues);
}
