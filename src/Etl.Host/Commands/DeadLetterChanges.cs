using System.Text.Json.Serialization;

namespace Etl.Host.Commands;

/// <summary>How many dead letters a command has changed; null for what it was not asked to do.</summary>
internal sealed record DeadLetterChanges(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Pruned,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Retried);
