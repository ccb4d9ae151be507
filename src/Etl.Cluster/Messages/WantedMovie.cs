using System.Text.Json.Serialization;

namespace Etl.Cluster.Messages;

/// <summary>A movie whose palette is wanted.</summary>
/// <param name="Key">What the coordinator knows it by; handed back as it came.</param>
/// <param name="Id">Its id, which names its cover.</param>
/// <param name="Previous">How it failed before, if it did.</param>
/// <param name="Trace">Its span in W3C's form; null unless it is sampled.</param>
internal sealed record WantedMovie(
    string Key,
    MovieId Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DeadLetter? Previous = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Trace = null);
