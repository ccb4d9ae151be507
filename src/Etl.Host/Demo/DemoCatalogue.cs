using System.Runtime.ExceptionServices;
using Etl.Host.Commands;
using Etl.Host.Outputs;
using PaletteEtl.Catalogue.Sqlite;

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
        RefuseFileOrLink(directory);
        int before = MoviesBefore(Path.Combine(directory, Database));
        RefuseToOverwrite(directory, before, movies);
        CreateFolders(directory);
        Remove(directory, before);

        // The database goes first: it is what tells a later demo which covers are this one's.
        SampleCatalogue.Create(
            Path.Combine(directory, Database), Enumerable.Range(0, movies).Select(static index => DemoMovie.At(index).ToSample()));
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

    /// <summary>The demo makes no links: one in the place of its database or covers leads to files of others.</summary>
    private static void RefuseFileOrLink(string directory)
    {
        var covers = new DirectoryInfo(Path.Combine(directory, Covers));
        if (File.Exists(directory))
        {
            throw InTheWay(directory);
        }

        if (File.Exists(covers.FullName) || covers.LinkTarget is not null)
        {
            throw InTheWay(covers.FullName);
        }
    }

    private static void CreateFolders(string directory)
    {
        try
        {
            Directory.CreateDirectory(Path.Combine(directory, Covers));
            PartialFile.Beside(Path.Combine(directory, Database)).Dispose();
            PartialFile.Beside(CoverPath(directory, "")).Dispose();
        }
        catch (Exception error) when (FileError.Is(error))
        {
            throw Refused($"no file can be created in {directory}, {FileError.CauseOf(error)}");
        }
    }

    private static int MoviesBefore(string database)
    {
        if (!Path.Exists(database))
        {
            return DatabaseFiles.CompanionsOf(database).FirstOrDefault(Path.Exists) is { } companion ? throw InTheWay(companion) : 0;
        }

        bool isFile = new FileInfo(database).LinkTarget is null && FileStatus.Of(database) is { Kind: FileKind.Regular };
        return (isFile ? SampleCatalogue.MoviesIn(database) : null) ?? throw InTheWay(database);
    }

    private static void Remove(string directory, int movies)
    {
        for (int i = 0; i < movies; i++)
        {
            File.Delete(CoverPath(directory, DemoMovie.IdAt(i)));
        }

        string database = Path.Combine(directory, Database);
        foreach (string path in DatabaseFiles.CompanionsOf(database).Append(database))
        {
            File.Delete(path);
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

    private static UserException InTheWay(string path) => Refused($"{path} was not created by the demo");

    private static UserException Refused(string cause) =>
        new(ExitCodes.Refused, $"--directory cannot be written: {Printable.Line(cause)}. Name another folder.");
}
