namespace PaletteEtl.Covers;

/// <summary>Covers at one of several locations: the first that has the movie's cover wins.</summary>
internal sealed class LocatedCoverSource(IReadOnlyList<CoverLocation> locations) : ICoverSource
{
    public async ValueTask<FetchResult> FetchAsync(
        MovieId id, DeadLetter? previous, Reservation memory, CancellationToken cancellationToken)
    {
        try
        {
            return await FindAsync(id, previous, memory, cancellationToken).ConfigureAwait(false);
        }
        catch (CoverException error) when (error.Reason == FailureReason.InvalidId && previous?.StandsFor(version: null) == true)
        {
            return FetchResult.Unchanged(version: null);
        }
    }

    private async ValueTask<FetchResult> FindAsync(
        MovieId id, DeadLetter? previous, Reservation memory, CancellationToken cancellationToken)
    {
        if (!LocationTemplate.IsSafe(id))
        {
            throw new CoverException(FailureReason.InvalidId, $"The id {id} cannot be used in a path or URL.");
        }

        foreach (CoverLocation location in locations)
        {
            FetchResult fetched = await location.TryFetchAsync(id, previous, memory, cancellationToken).ConfigureAwait(false);
            if (fetched != FetchResult.None)
            {
                return fetched;
            }
        }

        string tried = string.Join(" or ", locations.Select(location => location.Describe(id)));
        throw new CoverException(FailureReason.NotFound, $"There is no cover at {tried}.");
    }
}
