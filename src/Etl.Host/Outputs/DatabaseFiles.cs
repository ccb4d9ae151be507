namespace Etl.Host.Outputs;

/// <summary>The files that SQLite keeps beside a database.</summary>
internal static class DatabaseFiles
{
    private static readonly string[] Suffixes = ["-journal", "-wal", "-shm"];

    /// <summary>Their paths, whether they exist or not.</summary>
    public static string[] CompanionsOf(string database) => [.. Suffixes.Select(suffix => database + suffix)];
}
