namespace Etl.Host.Outputs;

/// <summary>The files that SQLite and the service keep beside a database.</summary>
internal static class DatabaseFiles
{
    private static readonly string[] Suffixes = ["-journal", "-wal", "-shm"];

    /// <summary>Their paths, those of SQLite whether they exist or not.</summary>
    public static string[] CompanionsOf(string database) => [.. Suffixes.Select(suffix => database + suffix), .. LocksOf(Path.GetFullPath(database))];

    private static string[] LocksOf(string database) => Path.GetDirectoryName(database) is { } folder && Directory.Exists(folder)
        ? Directory.GetFiles(folder, $"{Path.GetFileName(database)}-service-????????")
        : [];
}
