using System.Text.Json.Serialization;

namespace Etl.Host.Commands;

/// <summary>How many palettes of damaged covers a command has emptied, and how many rows of movies that are gone it has deleted; null for
/// what it was not asked to do.</summary>
internal sealed record DamageChanges(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Pruned,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Emptied);
