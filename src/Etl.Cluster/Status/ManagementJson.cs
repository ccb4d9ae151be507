using System.Text.Json.Serialization;

namespace Etl.Cluster.Status;

/// <summary>How the management plugin's answers are read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(QueueStatistics))]
internal sealed partial class ManagementJson : JsonSerializerContext;
