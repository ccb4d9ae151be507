using System.Text.Json.Serialization;

namespace Etl.Host.Commands;

/// <summary>How many rows <c>etl dead-letters</c> has changed; null for what it was not asked to do.</summary>
/// <param name="Pruned">Deleted rows of movies that are gone: dead letters, or those of damaged covers with <c>--damaged</c>.</param>
/// <param name="Retried">Dead letters that the next run retries.</param>
/// <param name="PrunedDamaged">Deleted rows of damaged covers, beside dead letters.</param>
/// <param name="Emptied">Emptied palettes of damaged covers.</param>
internal sealed record DeadLetterChanges(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Pruned = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Retried = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? PrunedDamaged = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Emptied = null);
