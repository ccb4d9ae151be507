using Etl.Cluster.Messages;

namespace Etl.Cluster.Status;

/// <summary>The queues and the workers of a catalogue.</summary>
/// <param name="Queues">The queues.</param>
/// <param name="Workers">The latest report of each worker; a worker of a version before publishes none.</param>
internal sealed record ClusterStatus(IReadOnlyList<QueueStatus> Queues, IReadOnlyList<WorkerReport> Workers);
