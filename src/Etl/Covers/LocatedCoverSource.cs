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
            return await FindAsync(movie, memory, tried: null, cancellationToken).ConfigureAwait(false);
        }
        catch (CoverException error) when (error.Reason == FailureReason.InvalidId && movie.Previous?.StandsFor(version: null) == true)
        {
            return FetchResult.Unchanged(version: null);
        }
        catch (CoverException error) when (error.Reason.IsTransient() && Outage() is { } outage)
        {
            throw new CoverException(error.Reason, error.Message, error)
            {
                Version = error.Version,
                NearMiss = error.NearMiss,
                IsAnswered = error.IsAnswered,
                Outage = outage,
            };
        }
    }

    /// <summary>The places of a movie's cover, in the order in which they are tried.</summary>
    public IReadOnlyList<(CoverLocation Location, CoverPlace Place)> PlacesOf(Movie movie) =>
        [.. locations.Select(location => (location, location.PlaceOf(movie)))];

    /// <summary>Reads a movie's cover from the first location that has it.</summary>
    /// <param name="movie">The movie.</param>
    /// <param name="memory">The reservation that the bytes are taken from.</param>
    /// <param name="tried">Called after each location that did not fail; null for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="CoverException">No location has the cover, or one failed.</exception>
    public async ValueTask<FetchResult> FindAsync(
        Movie movie, Reservation memory, Action<CoverLocation>? tried, CancellationToken cancellationToken)
    {
        foreach (CoverLocation location in locations)
        {
            FetchResult fetched = await location.TryFetchAsync(movie, memory, cancellationToken).ConfigureAwait(false);
            tried?.Invoke(location);
            if (fetched != FetchResult.None)
            {
                return fetched;
            }
        }

        throw NotFound(movie);
    }

    /// <summary>Why no location has covers at the moment; null when one may.</summary>
    private string? Outage()
    {
        string?[] problems = [.. locations.Select(static location => location.Problem())];
        return problems.Contains(null) ? null : string.Join(", and ", problems.Distinct());
    }

    /// <summary>The failure of a movie without a cover: where it was looked for, or why that is refused.</summary>
    private CoverException NotFound(Movie movie)
    {
        (CoverLocation Location, CoverPlace Place)[] places = [.. PlacesOf(movie)];
        CoverPlace refusal = Array.Find(places, static at => at.Place.IsRefused).Place;
        if (refusal.IsRefused && !Array.Exists(places, static at => at.Place.Path is not null))
        {
            return Refused(movie, refusal);
        }

        string tried = string.Join(
            " or ", places.Where(static at => !at.Place.IsRefused).Select(static at => at.Location.Describe(at.Place)));
        string? near = NearMiss(movie);
        string hint = near is null ? "" : $", but there is {near}. Rename it, or change {(movie.Location is null ? "the id" : "the movie's row")} or Etl:Fetch:Locations";
        return new CoverException(FailureReason.NotFound, $"There is no cover at {tried}{hint}.") { NearMiss = near };
    }

    private static CoverException Refused(Movie movie, CoverPlace refusal)
    {
        string? text = refusal.Reason == FailureReason.InvalidId ? movie.Id.Text : movie.Location;
        string? trimmed = text?.Trim() is { Length: > 0 } inner && inner != text ? inner : null;
        string fix = trimmed is null ? "" : " Remove the white space around it.";
        return new CoverException(refusal.Reason, refusal.Absence + fix) { NearMiss = trimmed };
    }

    private string? NearMiss(Movie movie) => Interlocked.Increment(ref _searches) <= MaxSearches
        ? locations.Select(location => location.NearMiss(movie)).FirstOrDefault(static near => near is not null)
        : null;
}
