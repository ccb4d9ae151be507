using Etl.Pipeline;
using Etl.Query;

namespace Etl.Fetch;

/// <summary>Covers on a web server, at URLs named by movie.</summary>
internal sealed class HttpLocation(LocationTemplate template, CoverClient client) : CoverLocation(template)
{
    public override ValueTask<Cover?> TryFetchAsync(Movie movie, Reservation reservation, CancellationToken cancellationToken) =>
        Uri.TryCreate(Template.Place(movie.Id.Text!, Uri.EscapeDataString), UriKind.Absolute, out Uri? url)
            ? client.GetAsync(url, movie.Previous, reservation, cancellationToken)
            : throw new CoverException(FailureReason.InvalidId, $"The id {movie.Id} is too long for a URL.");
}
