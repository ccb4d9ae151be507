namespace PaletteEtl.Covers.Http;

/// <summary>Covers on a web server, at URLs named by movie.</summary>
internal sealed class HttpLocation(LocationTemplate template, CoverClient client) : CoverLocation(template)
{
    private const int MostCharacters = 65_519;

    public override ValueTask<FetchResult> TryFetchAsync(Movie movie, Reservation memory, CancellationToken cancellationToken)
    {
        string? place = PlaceOf(movie.Id);
        return place is null ? new(FetchResult.None)
            : place.Length <= MostCharacters ? client.GetAsync(new Uri(place), movie.KnownVersion, memory, cancellationToken)
            : throw new CoverException(FailureReason.InvalidId, "The id is too long for a URL.");
    }
}
