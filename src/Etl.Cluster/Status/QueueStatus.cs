using System.Text.Json.Serialization;

namespace Etl.Cluster.Status;

/// <summary>The length and the rates of a queue.</summary>
/// <param name="Queue">Its name.</param>
/// <param name="Waiting">Messages that wait for a consumer; null when there is no such queue.</param>
/// <param name="Consumers">The number of its consumers.</param>
/// <param name="PublishedPerSecond">Messages published per second; null unless Etl:Cluster:Management is set.</param>
/// <param name="AcknowledgedPerSecond">Messages acknowledged per second; null likewise.</param>
internal sealed record QueueStatus(
    string Queue,
    long? Waiting,
    long Consumers,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? PublishedPerSecond = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? AcknowledgedPerSecond = null);
