using System.Text.Json.Serialization;

namespace Etl.Host.Web;

/// <summary>What the endpoints answer with.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ServiceJson))]
[JsonSerializable(typeof(HistoryJson))]
[JsonSerializable(typeof(PalettesJson))]
[JsonSerializable(typeof(DeadLettersJson))]
[JsonSerializable(typeof(DamagedJson))]
[JsonSerializable(typeof(SimilarJson))]
[JsonSerializable(typeof(RetryJson))]
[JsonSerializable(typeof(RetriedJson))]
[JsonSerializable(typeof(HealthJson))]
[JsonSerializable(typeof(ProblemJson))]
internal sealed partial class WebJson : JsonSerializerContext;
