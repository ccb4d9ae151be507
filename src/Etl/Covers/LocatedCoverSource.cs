namespace PaletteEtl.Covers;

/// <summary>Covers at one of several locations: the first that has the movie's cover wins.</summary>
internal sealed class LocatedCoverSource(IReadOnlyList<CoverLocation> locations) : ICoverSource
{
    /// <summary>Number of movies for which near misses are searched: where all covers are missing, a few hints are enough.</summary>
    private const int MaxSearches = 1_000;

    private int _searches;

    public async ValueTask<FetchResult> FetchAsync(Movie movie, Reservation memory, CancellationToken cancellationToken)
    {
        try
        {
            return await FindAsync(movie, memory, cancellationToken).ConfigureAwait(false);
        }
        catch (CoverException error) when (error.Reason == FailureReason.InvalidId && movie.Previous?.StandsFor(version: null) == true)
        {
            return FetchResult.Unchanged(version: null);
        }
    }

    private async ValueTask<FetchResult> FindAsync(Movie movie, Reservation memory, CancellationToken cancellationToken)
    {
        MovieId id = movie.Id;
        if (!LocationTemplate.IsSafe(id))
        {
            string? trimmed = id.Text?.Trim() is { Length: > 0 } text && text != id.Text ? text : null;
            string fix = trimmed is null ? "" : " Remove the white space around it.";
            throw new CoverException(FailureReason.InvalidId, $"The id {id} cannot be used in a path or URL.{fix}") { NearMiss = trimmed };
        }

        foreach (CoverLocation location in locations)
        {
            FetchResult fetched = await location.TryFetchAsync(movie, memory, cancellationToken).ConfigureAwait(false);
            if (fetched != FetchResult.None)
            {
                return fetched;
            }
        }

        string tried = string.Join(" or ", locations.Select(location => location.Describe(id)));
        string? near = NearMiss(id);
        string hint = near is null ? "" : $", but there is {near}. Rename it, or change the id or Etl:Fetch:Locations";
        throw new CoverException(FailureReason.NotFound, $"There is no cover at {tried}{hint}.") { NearMiss = near };
    }

    private string? NearMiss(MovieId id) => Interlocked.Increment(ref _searches) <= MaxSearches
        ? locations.Select(location => location.NearMiss(id)).FirstOrDefault(static near => near is not null)
        : null;
}
