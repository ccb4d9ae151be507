namespace PaletteEtl.Covers;

/// <summary>One of the places that may have a movie's cover.</summary>
internal abstract class CoverLocation(LocationTemplate template)
{
    protected LocationTemplate Template => template;

    /// <summary>The place of a movie's cover.</summary>
    public virtual CoverPlace PlaceOf(Movie movie) => template.PlaceOf(movie);

    /// <summary>A place for a person to read.</summary>
    public string Describe(CoverPlace place) => place.Path is { } path
        ? LocationTemplate.Shown(path)
        : $"{LocationTemplate.Shown(template.ToString())} ({place.Absence})";

    /// <summary>Why no movie's cover can be read here at the moment, as the end of a sentence; null when one can.</summary>
    public abstract string? Problem();

    /// <summary>Reads a movie's cover, if it is here.</summary>
    /// <inheritdoc cref="ICoverSource.FetchAsync"/>
    public ValueTask<FetchResult> TryFetchAsync(Movie movie, Reservation memory, CancellationToken cancellationToken) =>
        PlaceOf(movie).Path is { } place ? TryFetchAsync(place, movie, memory, cancellationToken) : new(FetchResult.None);

    /// <summary>A cover that is probably meant when the movie has none here; null when there is no such cover.</summary>
    public virtual string? NearMiss(Movie movie) => null;

    /// <summary>Reads a movie's cover at its place, if it is there.</summary>
    /// <inheritdoc cref="ICoverSource.FetchAsync"/>
    protected abstract ValueTask<FetchResult> TryFetchAsync(
        string place, Movie movie, Reservation memory, CancellationToken cancellationToken);

    /// <summary>The failure of a place that is too long. A location is read anew by each run, an id stands.</summary>
    protected CoverException TooLong(string what, Exception? cause = null) => Template.NamesCover
        ? new(FailureReason.Forbidden, $"The location of the cover is too long for {what}.", cause)
        : new(FailureReason.InvalidId, $"The id is too long for {what}.", cause);
}
