using Etl.Pipeline;
using Etl.Query;
using Microsoft.Extensions.Options;

namespace Etl.Fetch;

/// <summary>Covers at one of several locations: the first that has the movie's cover wins.</summary>
internal sealed class LocatedCoverSource(IOptions<EtlOptions> options, CoverClient client) : ICoverSource
{
    private readonly CoverLocation[] _locations =
        [.. options.Value.Fetch.Locations.Select(template => CoverLocation.Of(new(template), options.Value.Fetch, client))];

    public async ValueTask<Cover> FetchAsync(Movie movie, Reservation reservation, CancellationToken cancellationToken)
    {
        ThrowIfInvalid(movie);
        foreach (CoverLocation location in _locations)
        {
            if (await location.TryFetchAsync(movie, reservation, cancellationToken).ConfigureAwait(false) is { } cover)
            {
                cover.Movie = movie;
                return cover;
            }
        }

        string tried = string.Join(" or ", _locations.Select(location => location.Describe(movie)));
        throw new CoverException(FailureReason.NotFound, $"There is no cover at {tried}.");
    }

    private static void ThrowIfInvalid(Movie movie)
    {
        if (!LocationTemplate.IsSafe(movie.Id))
        {
            movie.Previous?.ThrowIfUnchanged(version: null);
            throw new CoverException(FailureReason.InvalidId, $"The id {movie.Id} names no cover.");
        }
    }
}
