namespace PaletteEtl.Covers;

/// <summary>One of the places that may have a movie's cover.</summary>
internal abstract class CoverLocation(LocationTemplate template)
{
    protected LocationTemplate Template => template;

    /// <summary>The place of a movie's cover, for a person to read.</summary>
    public string Describe(MovieId id) =>
        PlaceOf(id) is { } place ? LocationTemplate.Shown(place) : $"{LocationTemplate.Shown(template.ToString())} (the id has no such part)";

    /// <summary>Reads a movie's cover, if it is here.</summary>
    /// <inheritdoc cref="ICoverSource.FetchAsync"/>
    public abstract ValueTask<FetchResult> TryFetchAsync(Movie movie, Reservation memory, CancellationToken cancellationToken);

    /// <summary>A cover that is probably meant when the movie has none here; null when there is no such cover.</summary>
    public virtual string? NearMiss(MovieId id) => null;

    /// <summary>The place of a movie's cover; null when the movie's id has not all the parts that the template names.</summary>
    protected string? PlaceOf(MovieId id) => template.Place(id.Text!, template.IsUrl ? Uri.EscapeDataString : static text => text);
}
