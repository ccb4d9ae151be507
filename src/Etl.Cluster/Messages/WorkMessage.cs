using System.Text.Json;
using System.Text.Json.Serialization;

namespace Etl.Cluster.Messages;

/// <summary>Requests for a worker, and the settings that it obeys.</summary>
/// <param name="Settings">The run's <see cref="ExtractionSettings"/>, kept as they came: their fingerprint goes back with the results.</param>
/// <param name="Movies">The movies.</param>
internal sealed record WorkMessage(JsonElement Settings, WantedMovie[] Movies)
{
    /// <summary>The fingerprint of the settings.</summary>
    [JsonIgnore]
    public string Fingerprint => field ??= SettingsFingerprint.Of(Settings);
}

/// <summary>A movie whose palette is wanted.</summary>
/// <param name="Key">Identifies the request; the result has the same.</param>
/// <param name="Id">Its id, which names its cover.</param>
/// <param name="Previous">How it failed before, if it did.</param>
/// <param name="Trace">Its span in W3C's form; null unless it is sampled.</param>
/// <param name="Location">The location of its cover; null when the catalogue has no column of locations. An earlier version does not know
/// it and leaves such messages to others.</param>
/// <param name="Made">What its palette was made from; only if the palette is made again when its cover has changed, because an earlier
/// version refuses the field.</param>
/// <param name="Palette">Its palette as it is stored; only if other columns alone are wanted, because an earlier version refuses the
/// field.</param>
internal sealed record WantedMovie(
    string Key,
    MovieId Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DeadLetter? Previous = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Trace = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Location = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] KnownCover? Made = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Palette = null)
{
    public static WantedMovie Of(string key, Item<Movie> item) => new(
        key, item.Movie.Id, KnownToAll(item.Movie.Previous), item.Span?.Id, item.Movie.Location, KnownCover.Of(item.Movie.Provenance),
        item.Movie.StoredPalette);

    /// <summary>The movie, without its row, which only the coordinator uses.</summary>
    public Movie ToMovie() => new(default, Id, Previous)
    {
        Location = Location,
        Provenance = Made?.ToProvenance(),
        StoredPalette = Palette,
    };

    /// <summary>An earlier version does not know the reason <c>memory</c>. To a worker it is the same as a timeout: try again.</summary>
    private static DeadLetter? KnownToAll(DeadLetter? previous) => previous is { Reason: FailureReason.Memory }
        ? previous with { Reason = FailureReason.Timeout }
        : previous;
}
