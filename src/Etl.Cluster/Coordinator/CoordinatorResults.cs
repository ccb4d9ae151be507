using Etl.Cluster.Messages;

namespace Etl.Cluster.Coordinator;

/// <summary>Results that the coordinator makes for movies that no worker returns a result for.</summary>
internal static class CoordinatorResults
{
    private const string RetryHint = "Retry it with 'etl dead-letters --retry'.";

    /// <summary>A poison message: the movie was alone in it, and each delivery ended with its worker.</summary>
    public static MovieResult Crashed(string key) => new(
        key, Failure: new ResultFailure(
            StageNames.Decode,
            FailureReason.Crashed,
            $"Each of the {ClusterQueues.DeliveryLimit + 1} workers that processed it alone crashed. {RetryHint}",
            Version: null));

    /// <summary>A poison message of an earlier run. The cover's version is unknown, because no worker survived to report it.</summary>
    public static MovieResult CrashedBefore(string key) => new(
        key, Failure: new ResultFailure(StageNames.Decode, FailureReason.Crashed, RetryHint, Version: null, Stands: true));

    /// <summary>A movie whose message a worker rejected.</summary>
    public static MovieResult Rejected(string key) => new(
        key, Failure: new ResultFailure(
            StageNames.Extract,
            FailureReason.Internal,
            $"A worker does not understand messages of {MessageFormat.Work} with these settings. "
            + "Use the same version for workers and coordinator.",
            Version: null));
}
