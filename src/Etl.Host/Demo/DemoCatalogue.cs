using System.Runtime.ExceptionServices;

namespace Etl.Host.Demo;

/// <summary>A catalogue to try the pipeline on: <c>movies.db</c> and a folder <c>covers</c>.</summary>
internal static class DemoCatalogue
{
    private const string Database = "movies.db";
    private const string Covers = "covers";
    private const int MaxMovies = 10_000_000;

    /// <summary>Makes the catalogue anew: the same movies and covers each time. Files of others stay.</summary>
    /// <exception cref="UserException">A file that the demo did not make is in the way.</exception>
    public static void Create(string directory, int movies)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(movies);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(movies, MaxMovies);
        string database = Path.Combine(directory, Database);
        int before = MoviesBefore(database);
        RefuseToOverwrite(directory, before, movies);
        Directory.CreateDirectory(Path.Combine(directory, Covers));
        Remove(directory, before);

        // The database goes first: it is what tells a later demo which covers are this one's.
        DemoDatabase.Create(database, Enumerable.Range(0, movies).Select(DemoMovie.At));
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

    private static int MoviesBefore(string database) =>
        File.Exists(database) ? DemoDatabase.MoviesIn(database) ?? throw InTheWay(database) : 0;

    private static void Remove(string directory, int movies)
    {
        for (int i = 0; i < movies; i++)
        {
            File.Delete(CoverPath(directory, DemoMovie.IdAt(i)));
        }

        foreach (string suffix in (string[])["-journal", "-wal", "-shm", ""])
        {
            File.Delete(Path.Combine(directory, Database + suffix));
        }
    }

    private static void RefuseToOverwrite(string directory, int before, int movies)
    {
        string? taken = Enumerable.Range(before, Math.Max(0, movies - before))
            .Select(index => CoverPath(directory, DemoMovie.IdAt(index)))
            .FirstOrDefault(Path.Exists);
        if (taken is not null)
        {
            throw InTheWay(taken);
        }
    }

    private static string CoverPath(string directory, string id) => Path.Combine(directory, Covers, $"{id}.jpg");

    private static UserException InTheWay(string path) =>
        new(ExitCodes.Failed, $"{path} was not created by the demo and is not replaced. Give another --directory.");
}
