namespace Etl.Cluster.Status;

/// <summary>What the management plugin tells of a queue, as far as it is asked.</summary>
/// <param name="MessageStats">Its messages; null when none has gone through it.</param>
internal sealed record QueueStatistics(MessageStatistics? MessageStats = null);
