using System.Runtime.ExceptionServices;
using PaletteEtl.Catalogue.Sqlite;

namespace Etl.Demo;

/// <summary>A catalogue to try the pipeline on: a database and a folder of covers.</summary>
internal static class DemoCatalogue
{
    private const int MaxMovies = 10_000_000;

    public static string DatabaseIn(string directory) => Path.Combine(directory, "movies.db");

    public static string CoversIn(string directory) => Path.Combine(directory, "covers");

    public static string CoverPath(string directory, string id) => Path.Combine(CoversIn(directory), $"{id}.jpg");

    /// <summary>Creates the catalogue where there is none: the same movies and covers each time.</summary>
    public static void Create(string directory, int movies)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(movies);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(movies, MaxMovies);
        Directory.CreateDirectory(CoversIn(directory));

        // The database goes first, because a later demo reads from it which covers to replace.
        SampleCatalogue.Create(DatabaseIn(directory), Enumerable.Range(0, movies).Select(static index => DemoMovie.At(index).ToSample()));
        DrawCovers(directory, movies);
    }

    private static void DrawCovers(string directory, int movies)
    {
        try
        {
            Parallel.For(0, movies, index =>
            {
                DemoMovie movie = DemoMovie.At(index);
                File.WriteAllBytes(CoverPath(directory, movie.Id), DemoCover.Encode(movie, movies));
            });
        }
        catch (AggregateException errors) when (errors.InnerException is { } first)
        {
            ExceptionDispatchInfo.Throw(first); // such as a full disk, which is explained to the user by its own type
        }
    }
}
