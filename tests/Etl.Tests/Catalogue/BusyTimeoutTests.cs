using System.Diagnostics;
using Microsoft.Data.Sqlite;
using PaletteEtl.Catalogue;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Tests.Catalogue;

/// <summary>Locks that another connection holds, as another program would.</summary>
public sealed class BusyTimeoutTests : IDisposable
{
    private const string Exclusive = "BEGIN EXCLUSIVE";
    private const string Writing = "BEGIN IMMEDIATE";
    private const string Reading = "BEGIN; SELECT count(*) FROM movies";

    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);
    private static readonly Palette Some = new(new Rgb(1, 2, 3));

    private readonly TestCatalogue _catalogue = new($"{TestCatalogue.Movies}; INSERT INTO movies (id) VALUES ('a'), ('b')");
    private readonly Movie _movie;
    private readonly SqliteConnection _other;

    public BusyTimeoutTests()
    {
        _catalogue.Options.Write.BusyTimeout = Short;
        _movie = _catalogue.Missing()[0];
        _other = _catalogue.Connect();
    }

    public void Dispose()
    {
        _other.Dispose();
        _catalogue.Dispose();
    }

    [Theory]
    [InlineData(Exclusive, "00:00:00.300")]
    [InlineData(Writing, "00:00:00.300")]
    [InlineData(Reading, "00:00:00.300")] // the commit waits for readers
    [InlineData(Writing, "00:00:00")]
    public void Write_LockedForLonger_WaitsThatLongAndLeavesNothing(string statement, string timeout)
    {
        _catalogue.Options.Write.BusyTimeout = TimeSpan.Parse(timeout, System.Globalization.CultureInfo.InvariantCulture);
        Hold(statement);

        AssertLocked(() => _catalogue.Write(new Item<Palette>(_movie, Some)));

        Release();
        Assert.Equal(2, _catalogue.Missing().Count);
    }

    [Fact]
    public void ReadMissing_LockedForLonger_WaitsThatLong()
    {
        Hold(Exclusive);

        AssertLocked(() => _catalogue.Missing());
    }

    [Fact]
    public void ReadMissing_LockedBetweenPages_WaitsThatLong()
    {
        _catalogue.Options.Query.PageSize = 1;
        using IEnumerator<Movie> movies = _catalogue.Source().ReadMissing(CancellationToken.None).GetEnumerator();
        movies.MoveNext();
        Hold(Exclusive);

        AssertLocked(() => movies.MoveNext());
    }

    [Fact]
    public void CountMissing_LockedForLonger_WaitsThatLong()
    {
        Hold(Exclusive);

        AssertLocked(() => _catalogue.Source().CountMissing(CancellationToken.None));
    }

    [Theory]
    [InlineData(Exclusive)]
    [InlineData(Writing)]
    [InlineData(Reading)]
    public async Task Write_LockedForLess_Waits(string statement)
    {
        _catalogue.Options.Write.BusyTimeout = TestTimeout;
        Hold(statement);

        Task<BatchResult> writing = Task.Run(() => _catalogue.Write(new Item<Palette>(_movie, Some)));
        Task first = await Task.WhenAny(writing, Task.Delay(Short, TestContext.Current.CancellationToken));
        Release();

        Assert.NotSame(writing, first);
        Assert.Equal(1, (await writing.WaitAsync(TestTimeout)).Written);
    }

    [Fact]
    public void Write_WriteAheadLog_DoesNotWaitForReaders()
    {
        _catalogue.Execute("PRAGMA journal_mode = WAL");
        Hold(Reading);

        Assert.Equal(1, _catalogue.Write(new Item<Palette>(_movie, Some)).Written);
    }

    /// <summary>The library by itself would try for whole seconds, 30 of them by default.</summary>
    private void AssertLocked(Action use)
    {
        long started = Stopwatch.GetTimestamp();
        var error = Assert.Throws<CatalogueException>(use);

        Assert.InRange(
            Stopwatch.GetElapsedTime(started), _catalogue.Options.Write.BusyTimeout * 0.9, TimeSpan.FromSeconds(10));
        Assert.Contains("stayed locked by another program", error.Message, StringComparison.Ordinal);
    }

    private void Hold(string statement) => Run(statement);

    private void Release() => Run("ROLLBACK");

    private void Run(string statement)
    {
        using SqliteCommand command = _other.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }
}
