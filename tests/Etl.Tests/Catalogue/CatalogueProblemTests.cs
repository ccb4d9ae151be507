using System.Runtime.Versioning;
using PaletteEtl.Catalogue;

namespace Etl.Tests.Catalogue;

public sealed class CatalogueProblemTests
{
    [Theory]
    [InlineData("CREATE TABLE films (id)", "has no table movies, only films. Set Etl:Query:Table.")]
    [InlineData(
        "CREATE TABLE people (id); CREATE TABLE Films (id); CREATE TABLE etl_dead_letters (cover_etag); CREATE VIEW v AS SELECT 1; CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT)",
        "has no table movies, only Films, a, people. Set Etl:Query:Table.")]
    [InlineData(
        "CREATE TABLE a (x); CREATE TABLE b (x); CREATE TABLE c (x); CREATE TABLE d (x); CREATE TABLE e (x)",
        "has no table movies, only a, b, c, d, e. Set Etl:Query:Table.")]
    [InlineData(
        "CREATE TABLE a (x); CREATE TABLE b (x); CREATE TABLE c (x); CREATE TABLE d (x); CREATE TABLE e (x); CREATE TABLE f (x); CREATE TABLE g (x)",
        "has no table movies, only a, b, c, d, e and 2 more. Set Etl:Query:Table.")]
    [InlineData("PRAGMA user_version = 1", "has no table movies, nor any other. Set Etl:Query:Database.")]
    [InlineData("CREATE TABLE t (id, palette_json); CREATE VIEW movies AS SELECT * FROM t", "is a view")]
    [InlineData("CREATE TABLE movies (imdb, palette_json)", "has no column id, only imdb, palette_json. Set Etl:Query:IdColumn.")]
    [InlineData("CREATE TABLE movies (id, colours)", "has no column palette_json, only id, colours. Set Etl:Query:PaletteColumn.")]
    [InlineData("CREATE TABLE movies (id, palette_json, rowid, _rowid_, oid)", "its rows cannot be addressed")]
    public void ReadMissing_TableCannotBeUsed_SaysWhatAndHowToMendIt(string sql, string message)
    {
        using var catalogue = new TestCatalogue(sql);

        var error = Assert.Throws<CatalogueException>(catalogue.Missing);

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadMissing_NoFile_SaysSoAndMakesNone()
    {
        using var catalogue = new TestCatalogue();
        catalogue.Options.Query.Database = catalogue.Folder["none.db"];

        var error = Assert.Throws<CatalogueException>(catalogue.Missing);

        Assert.Contains("none.db does not exist. Set Etl:Query:Database.", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(catalogue.Options.Query.Database));
    }

    [Theory]
    [InlineData("sub")]
    [InlineData("sub/")]
    [InlineData("")]
    public void ReadMissing_Folder_SaysThatItIsOne(string name)
    {
        using var catalogue = new TestCatalogue();
        Directory.CreateDirectory(catalogue.Folder["sub"]);
        catalogue.Options.Query.Database = catalogue.Folder[name];

        var error = Assert.Throws<CatalogueException>(catalogue.Missing);

        Assert.EndsWith(" is a folder. Set Etl:Query:Database to a file.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadMissing_FolderInPlaceOfTheWal_SaysThatItIsWalMode()
    {
        using var catalogue = new TestCatalogue($"PRAGMA journal_mode = WAL; {TestCatalogue.Movies}");
        Directory.CreateDirectory(catalogue.Options.Query.Database + "-wal");

        AssertNamesWal(catalogue);
    }

    [Theory]
    [InlineData("none/movies.db-wal")]
    [InlineData("movies.db-wal")]
    public void ReadMissing_WalCannotBeCreated_SaysThatItIsWalMode(string target)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A link needs a right that few users have.");
        using var catalogue = new TestCatalogue($"PRAGMA journal_mode = WAL; {TestCatalogue.Movies}");
        File.CreateSymbolicLink(catalogue.Options.Query.Database + "-wal", catalogue.Folder[target]);

        AssertNamesWal(catalogue);
    }

    [Fact(SkipUnless = nameof(IsUnix), Skip = "Windows has other permissions.")]
    [UnsupportedOSPlatform("windows")]
    public void ReadMissing_WalInAReadOnlyFolder_SaysThatItIsWalMode()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "Root may write everywhere.");
        using var catalogue = new TestCatalogue($"PRAGMA journal_mode = WAL; {TestCatalogue.Movies}");
        string folder = Path.GetDirectoryName(catalogue.Options.Query.Database)!;
        UnixFileMode mode = File.GetUnixFileMode(folder);
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            AssertNamesWal(catalogue);
        }
        finally
        {
            File.SetUnixFileMode(folder, mode);
        }
    }

    public static bool IsUnix => !OperatingSystem.IsWindows();

    private static void AssertNamesWal(TestCatalogue catalogue)
    {
        var error = Assert.Throws<CatalogueException>(catalogue.Missing);

        Assert.EndsWith(
            "movies.db is in WAL mode, and movies.db-wal and movies.db-shm cannot be created or written in its folder. "
            + "Make the folder writable, or use a copy in a folder that is.",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ReadMissing_TableBesideIsDamaged_SaysSo()
    {
        using var catalogue = new TestCatalogue("CREATE TABLE movies (id, palette_json); CREATE TABLE etl_dead_letters (cover_etag); CREATE TABLE etl_schema (version)");
        long page = (long)catalogue.Scalar("SELECT rootpage - 1 FROM sqlite_schema WHERE name = 'etl_schema'")!;
        byte[] file = File.ReadAllBytes(catalogue.Options.Query.Database);
        file.AsSpan((int)page * 4_096, 4_096).Fill(0xA5);
        File.WriteAllBytes(catalogue.Options.Query.Database, file);

        var error = Assert.Throws<CatalogueException>(catalogue.Missing);

        Assert.Contains("is damaged (", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadMissing_FileIsNoDatabase_SaysSo()
    {
        using var catalogue = new TestCatalogue();
        catalogue.Options.Query.Database = catalogue.Folder.Write("text.db", new byte[4_096].Select(_ => (byte)'x').ToArray());

        var error = Assert.Throws<CatalogueException>(catalogue.Missing);

        Assert.Contains("is not a SQLite database", error.Message, StringComparison.Ordinal);
    }
}
