using Etl.Cluster.Messages;

namespace Etl.Cluster.Coordinator;

/// <summary>The failures that no worker answers with.</summary>
internal static class Conviction
{
    private const string Later = "Retry it with 'etl dead-letters --retry'.";

    /// <summary>A movie that was handed out alone and came back each time.</summary>
    public static MovieResult Crashed(string key) => new(
        key, Failure: new ResultFailure(
            StageNames.Decode,
            FailureReason.Crashed,
            $"Each of the {ClusterQueues.DeliveryLimit + 1} workers that processed it alone crashed. {Later}",
            Version: null));

    /// <summary>A movie that came back so in a run before; no worker lived long enough to tell the cover's version.</summary>
    public static MovieResult Stands(string key) => new(
        key, Failure: new ResultFailure(StageNames.Decode, FailureReason.Crashed, Later, Version: null, Stands: true));

    /// <summary>A movie whose message a worker refused.</summary>
    public static MovieResult NotUnderstood(string key) => new(
        key, Failure: new ResultFailure(
            StageNames.Extract,
            FailureReason.Internal,
            $"A worker does not understand messages of {MessageFormat.Work} with these settings. "
            + "Use the same version for workers and coordinator.",
            Version: null));
}
