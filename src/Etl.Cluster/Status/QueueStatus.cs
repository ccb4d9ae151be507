using System.Text.Json.Serialization;

namespace Etl.Cluster.Status;

/// <summary>How full a queue is, and how fast.</summary>
/// <param name="Queue">Its name.</param>
/// <param name="Waiting">Messages that nobody has in hand; null when there is no such queue.</param>
/// <param name="Consumers">Who takes messages of it.</param>
/// <param name="PublishedPerSecond">Messages that come in; null unless Etl:Cluster:Management is set.</param>
/// <param name="AcknowledgedPerSecond">Messages that are done with, likewise.</param>
internal sealed record QueueStatus(
    string Queue,
    long? Waiting,
    long Consumers,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? PublishedPerSecond = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? AcknowledgedPerSecond = null);
