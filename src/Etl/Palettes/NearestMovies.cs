namespace PaletteEtl.Palettes;

/// <summary>The nearest of the movies it is shown, so many at most; of those as near as each other, the ones shown first.</summary>
internal sealed class NearestMovies(int count)
{
    private readonly List<SimilarMovie> _movies = [];

    /// <summary>The nearest first.</summary>
    public IReadOnlyList<SimilarMovie> Movies => _movies;

    /// <summary>The distance that a movie must be below to be among them.</summary>
    public float Limit => _movies.Count < count ? float.PositiveInfinity : (float)_movies[^1].Distance;

    /// <summary>Puts a movie whose distance is below the limit in its place.</summary>
    public void Add(SimilarMovie movie)
    {
        if (_movies.Count == count)
        {
            _movies.RemoveAt(count - 1);
        }

        int place = _movies.FindLastIndex(nearer => nearer.Distance <= movie.Distance) + 1;
        _movies.Insert(place, movie);
    }
}
