namespace PaletteEtl.Covers;

/// <summary>One of the places that may have a movie's cover.</summary>
internal abstract class CoverLocation(LocationTemplate template)
{
    protected LocationTemplate Template => template;

    /// <summary>The place of a movie's cover, for a person to read.</summary>
    public string Describe(MovieId id) => LocationTemplate.Shown(PlaceOf(id));

    /// <summary>Reads a movie's cover, if it is here.</summary>
    /// <inheritdoc cref="ICoverSource.FetchAsync"/>
    public abstract ValueTask<FetchResult> TryFetchAsync(Movie movie, Reservation memory, CancellationToken cancellationToken);

    /// <summary>A cover that is probably meant when the movie has none here; null when there is no such cover.</summary>
    public virtual string? NearMiss(MovieId id) => null;

    protected string PlaceOf(MovieId id) => template.Place(id.Text!, template.IsUrl ? Uri.EscapeDataString : static text => text);
}
