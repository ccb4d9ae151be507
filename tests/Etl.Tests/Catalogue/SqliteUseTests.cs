namespace Etl.Tests.Catalogue;

/// <summary>SQLite is one way to keep a catalogue, so the rest of the program does not know it.</summary>
public sealed class SqliteUseTests
{
    private static readonly string Own = Path.Combine("Etl", "Catalogue", "Sqlite");

    [Fact]
    public void SourceFiles_OutsideTheFolderOfSqlite_DoNotUseItsLibraries()
    {
        string source = Repository.PathOf("src");
        string[] users =
        [
            .. Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
                .Where(static path => File.ReadAllText(path) is var text
                    && (text.Contains("Microsoft.Data.Sqlite", StringComparison.Ordinal) || text.Contains("SQLitePCL", StringComparison.Ordinal)))
                .Select(path => Path.GetRelativePath(source, Path.GetDirectoryName(path)!))
                .Distinct(),
        ];

        Assert.Equal([Own], users);
    }
}
