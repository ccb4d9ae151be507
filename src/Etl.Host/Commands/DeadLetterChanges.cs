using System.Text.Json.Serialization;

namespace Etl.Host.Commands;

/// <summary>How many dead letters a command has changed, and how many rows of damaged covers it has deleted; null for what it was not
/// asked to do.</summary>
internal sealed record DeadLetterChanges(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Pruned,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Retried,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? PrunedDamaged = null);
