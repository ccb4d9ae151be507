using Etl.Demo;
using Etl.Host.Outputs;
using PaletteEtl.Catalogue.Sqlite;

namespace Etl.Host.Commands;

/// <summary>The folder of a demo: replaces an earlier demo, and nothing else.</summary>
internal static class DemoFolder
{
    /// <summary>Creates a demo's catalogue in place of an earlier one. Files of others stay.</summary>
    /// <exception cref="UserException">A file that the demo did not make is in the way.</exception>
    public static void Create(string directory, int movies)
    {
        RefuseFileOrLink(directory);
        int before = MoviesBefore(DemoCatalogue.DatabaseIn(directory));
        RefuseToOverwrite(directory, before, movies);
        CreateFolders(directory);
        Remove(directory, before);
        DemoCatalogue.Create(directory, movies);
    }

    /// <summary>The demo makes no links: one in the place of its database or covers leads to files of others.</summary>
    private static void RefuseFileOrLink(string directory)
    {
        var covers = new DirectoryInfo(DemoCatalogue.CoversIn(directory));
        if (File.Exists(directory))
        {
            throw InTheWay(directory);
        }

        if (File.Exists(covers.FullName) || covers.LinkTarget is not null)
        {
            throw InTheWay(covers.FullName);
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

    private static void RefuseToOverwrite(string directory, int before, int movies)
    {
        string? taken = Enumerable.Range(before, Math.Max(0, movies - before))
            .Select(index => DemoCatalogue.CoverPath(directory, DemoMovie.IdAt(index)))
            .FirstOrDefault(Path.Exists);
        if (taken is not null)
        {
            throw InTheWay(taken);
        }
    }

    private static void CreateFolders(string directory)
    {
        try
        {
            Directory.CreateDirectory(DemoCatalogue.CoversIn(directory));
            PartialFile.Beside(DemoCatalogue.DatabaseIn(directory)).Dispose();
            PartialFile.Beside(DemoCatalogue.CoverPath(directory, "")).Dispose();
        }
        catch (Exception error) when (FileError.Is(error))
        {
            throw Refused($"no file can be created in {directory}, {FileError.CauseOf(error)}");
        }
    }

    private static void Remove(string directory, int movies)
    {
        for (int i = 0; i < movies; i++)
        {
            File.Delete(DemoCatalogue.CoverPath(directory, DemoMovie.IdAt(i)));
        }

        string database = DemoCatalogue.DatabaseIn(directory);
        foreach (string path in DatabaseFiles.CompanionsOf(database).Append(database))
        {
            File.Delete(path);
        }
    }

    private static UserException InTheWay(string path) => Refused($"{path} was not created by the demo");

    private static UserException Refused(string cause) =>
        new(ExitCodes.Refused, $"--directory cannot be written: {Printable.Line(cause)}. Name another folder.");
}
