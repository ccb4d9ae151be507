using Microsoft.Data.Sqlite;
using PaletteEtl.Catalogue;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Tests.Catalogue;

public sealed class JournalModeTests : IDisposable
{
    private static readonly Palette Some = new(new Rgb(1, 2, 3));

    private readonly TestCatalogue _catalogue = new($"{TestCatalogue.Movies}; INSERT INTO movies (id) VALUES ('a'), ('b')");

    public JournalModeTests() => _catalogue.Options.Write.BusyTimeout = TimeSpan.Zero;

    public void Dispose() => _catalogue.Dispose();

    [Theory]
    [InlineData(null, "delete", "delete")]
    [InlineData(null, "wal", "wal")]
    [InlineData(JournalMode.Wal, "delete", "wal")]
    [InlineData(JournalMode.Wal, "wal", "wal")]
    [InlineData(JournalMode.Delete, "wal", "delete")]
    [InlineData(JournalMode.Truncate, "wal", "delete")] // a database remembers no more than whether it has a log
    [InlineData(JournalMode.Persist, "wal", "delete")]
    public void Write_JournalMode_IsGivenToTheDatabase(JournalMode? wanted, string before, string after)
    {
        _catalogue.Execute($"PRAGMA journal_mode = {before}");
        _catalogue.Options.Write.JournalMode = wanted;

        BatchResult result = _catalogue.Write([.. _catalogue.Missing().Select(movie => new Item<Palette>(movie, Some))]);

        Assert.Equal(2, result.Written);
        Assert.Equal(after, _catalogue.Scalar("PRAGMA journal_mode"));
        Assert.Empty(_catalogue.Missing());
    }

    [Theory]
    [InlineData(JournalMode.Delete, null)]
    [InlineData(JournalMode.Truncate, 0L)]
    [InlineData(JournalMode.Persist, 512L)]
    public void Write_RollbackJournal_IsLeftAsTheModeSays(JournalMode mode, long? atLeast)
    {
        _catalogue.Options.Write.JournalMode = mode;

        _catalogue.Write(new Item<Palette>(_catalogue.Missing()[0], Some));

        var journal = new FileInfo(_catalogue.Options.Query.Database + "-journal");
        Assert.Equal(atLeast is not null, journal.Exists);
        Assert.True(atLeast is null || (journal.Length >= atLeast && (atLeast > 0 || journal.Length == 0)));
    }

    [Theory]
    [InlineData("delete", "BEGIN IMMEDIATE", JournalMode.Wal)]
    [InlineData("delete", "BEGIN; SELECT count(*) FROM movies", JournalMode.Wal)]
    [InlineData("wal", "SELECT count(*) FROM movies", JournalMode.Delete)] // an open connection is enough
    public void Open_AnotherProgramIsInTheWay_SaysSo(string before, string statement, JournalMode wanted)
    {
        _catalogue.Execute($"PRAGMA journal_mode = {before}");
        _catalogue.Options.Write.JournalMode = wanted;
        using SqliteConnection other = Hold(statement);

        var error = Assert.Throws<CatalogueException>(() => _catalogue.Write());

        Assert.EndsWith(
            $"cannot be set to {wanted}: another program has it open. Run again when no other program uses it, or remove Etl:Write:JournalMode.",
            error.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("delete", "BEGIN IMMEDIATE", JournalMode.Wal)]
    [InlineData("wal", "SELECT count(*) FROM movies", JournalMode.Delete)]
    public async Task Open_AnotherProgramIsInTheWayForAWhile_Waits(string before, string statement, JournalMode wanted)
    {
        _catalogue.Execute($"PRAGMA journal_mode = {before}");
        _catalogue.Options.Write.JournalMode = wanted;
        _catalogue.Options.Write.BusyTimeout = TestTimeout;
        Task<BatchResult> writing;
        using (Hold(statement))
        {
            writing = Task.Run(() => _catalogue.Write());
            await Eventually.StaysAt(false, () => writing.IsCompleted);
        }

        await writing.WaitAsync(TestTimeout);
        Assert.Equal(wanted.ToString(), (string)_catalogue.Scalar("PRAGMA journal_mode")!, ignoreCase: true);
    }

    private SqliteConnection Hold(string statement)
    {
        SqliteConnection other = _catalogue.Connect();
        using SqliteCommand command = other.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
        return other;
    }
}
