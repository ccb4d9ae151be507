namespace PaletteEtl.Palettes;

/// <summary>Keeps the nearest movies, up to a count; among equally near ones it keeps those added first.</summary>
internal sealed class NearestMovies(int count)
{
    private readonly List<SimilarMovie> _movies = [];

    /// <summary>The nearest first.</summary>
    public IReadOnlyList<SimilarMovie> Movies => _movies;

    /// <summary>The distance below which a movie is among the nearest.</summary>
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
