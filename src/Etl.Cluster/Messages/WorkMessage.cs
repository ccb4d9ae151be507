using System.Text.Json.Serialization;

namespace Etl.Cluster.Messages;

/// <summary>Movies for a worker, and what it goes by.</summary>
/// <param name="Settings">The run's settings.</param>
/// <param name="Movies">The movies.</param>
internal sealed record WorkMessage(ExtractionSettings Settings, WantedMovie[] Movies);

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
