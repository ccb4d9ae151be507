using Microsoft.Data.Sqlite;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Tests.Catalogue;

/// <summary>Database files that others delete, replace or leave half-written.</summary>
public sealed class LostDatabaseTests : IDisposable
{
    private static readonly Palette Some = new(new Rgb(1, 2, 3));

    private readonly TestCatalogue _catalogue = new($"""
        {TestCatalogue.Movies};
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
        INSERT INTO movies SELECT 'm' || i, hex(zeroblob(500)), NULL FROM n;
        """);

    public void Dispose() => _catalogue.Dispose();

    [Theory]
    [InlineData("delete", false)]
    [InlineData("delete", true)]
    [InlineData("wal", false)]
    [InlineData("wal", true)]
    public void Write_FileIsGone_EndsInsteadOfWritingToNobody(string journalMode, bool replaced)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "An open file can be neither deleted nor replaced.");
        string path = _catalogue.Options.Query.Database;
        _catalogue.Execute($"PRAGMA journal_mode = {journalMode}");
        IReadOnlyList<Movie> movies = _catalogue.Missing();
        SqlitePaletteSink sink = _catalogue.Sink();
        sink.Open();
        long written = sink.Write([new(movies[0], Some)], new Outcome[1]).Written;
        File.Move(path, path + ".old");
        if (replaced)
        {
            File.Copy(path + ".old", path);
        }

        var error = Assert.Throws<CatalogueException>(() => sink.Write([new(movies[1], Some)], new Outcome[1]));
        sink.Close();

        Assert.Equal(1, written);
        Assert.Contains("was deleted or replaced while it was in use", error.Message, StringComparison.Ordinal);
        Assert.Equal(replaced, File.Exists(path));
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("wal")]
    public void ReadMissing_AProgramWasKilledInItsTransaction_ReadsWhatWasCommitted(string journalMode)
    {
        _catalogue.Execute($"PRAGMA journal_mode = {journalMode}");
        string path = _catalogue.Options.Query.Database;
        using (SqliteConnection killed = _catalogue.Connect())
        using (SqliteCommand command = killed.CreateCommand())
        {
            // More than the cache holds, so that half of it is in the files by now.
            command.CommandText = "PRAGMA cache_size = 5; BEGIN; UPDATE movies SET palette_json = '[[1, 2, 3]]'";
            command.ExecuteNonQuery();
            foreach (string file in Directory.GetFiles(_catalogue.Folder.Path))
            {
                File.Copy(file, file.Replace("movies.db", "killed.db", StringComparison.Ordinal));
            }
        }

        _catalogue.Options.Query.Database = path.Replace("movies.db", "killed.db", StringComparison.Ordinal);

        Assert.Equal(1_000, _catalogue.Source().CountMissing(CancellationToken.None));
        Assert.Equal(1_000, _catalogue.Missing().Count);
    }
}
