using System.Text.Json.Serialization;

namespace Etl.Cluster.Status;

/// <summary>The JSON of the management plugin's responses.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(QueueStatistics))]
internal sealed partial class ManagementJson : JsonSerializerContext;

/// <summary>The requested statistics of a queue.</summary>
/// <param name="MessageStats">Its messages; null when none has gone through it.</param>
internal sealed record QueueStatistics(MessageStatistics? MessageStats = null);

/// <summary>How fast messages come and go.</summary>
/// <param name="PublishDetails">Messages that come.</param>
/// <param name="AckDetails">Messages that consumers are done with.</param>
internal sealed record MessageStatistics(MessageRate? PublishDetails = null, MessageRate? AckDetails = null);

/// <summary>Messages a second over the broker's last interval.</summary>
internal sealed record MessageRate(double Rate);
