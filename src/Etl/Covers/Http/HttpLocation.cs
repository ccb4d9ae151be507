namespace PaletteEtl.Covers.Http;

/// <summary>Covers on a web server, at URLs named by movie.</summary>
internal sealed class HttpLocation(LocationTemplate template, CoverClient client) : CoverLocation(template)
{
    private const int MostCharacters = 65_519;

    public override ValueTask<FetchResult> TryFetchAsync(
        MovieId id, DeadLetter? previous, Reservation memory, CancellationToken cancellationToken)
    {
        string place = PlaceOf(id);
        return place.Length <= MostCharacters
            ? client.GetAsync(new Uri(place), previous, memory, cancellationToken)
            : throw new CoverException(FailureReason.InvalidId, "The id is too long for a URL.");
    }
}
