using Microsoft.Extensions.Options;
using PaletteEtl.Covers.Http;
using PaletteEtl.Hosting;
using PaletteEtl.Model;

namespace PaletteEtl.Covers;

/// <summary>Covers at one of several locations: the first that has the movie's cover wins.</summary>
internal sealed class LocatedCoverSource(IOptions<EtlOptions> options, CoverClient client, TimeProvider clock) : ICoverSource
{
    private readonly CoverLocation[] _locations =
        [.. options.Value.Fetch.Locations.Select(template => CoverLocation.Of(new(template), options.Value.Fetch, client, clock))];

    public async ValueTask<Cover> FetchAsync(Movie movie, Reservation reservation, CancellationToken cancellationToken)
    {
        try
        {
            return await FindAsync(movie, reservation, cancellationToken).ConfigureAwait(false);
        }
        catch (CoverException error) when (error.Reason == FailureReason.InvalidId)
        {
            movie.Previous?.ThrowIfUnchanged(version: null);
            throw;
        }
    }

    private async ValueTask<Cover> FindAsync(Movie movie, Reservation reservation, CancellationToken cancellationToken)
    {
        if (!LocationTemplate.IsSafe(movie.Id))
        {
            throw new CoverException(FailureReason.InvalidId, $"The id {movie.Id} cannot be used in a path or URL.");
        }

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
}
