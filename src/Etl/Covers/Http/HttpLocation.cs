using PaletteEtl.Model;

namespace PaletteEtl.Covers.Http;

/// <summary>Covers on a web server, at URLs named by movie.</summary>
internal sealed class HttpLocation(LocationTemplate template, CoverClient client) : CoverLocation(template)
{
    private const int MostCharacters = 65_519;

    public override ValueTask<Cover?> TryFetchAsync(Movie movie, Reservation reservation, CancellationToken cancellationToken)
    {
        string place = PlaceOf(movie);
        return place.Length <= MostCharacters
            ? client.GetAsync(new Uri(place), movie.Previous, reservation, cancellationToken)
            : throw new CoverException(FailureReason.InvalidId, "The id is too long for a URL.");
    }
}
