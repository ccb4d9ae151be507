using PaletteEtl.Catalogue;
using PaletteEtl.Model;

namespace Etl.Tests.Catalogue;

public sealed class SqliteDeadLettersTests : IDisposable
{
    private readonly TestCatalogue _catalogue = new("CREATE TABLE movies (id, palette_json TEXT)");

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public void Read_ARow_GivesAllOfIt()
    {
        _catalogue.WithDeadLetters("7", "NULL").Execute(
            """
            UPDATE etl_dead_letters SET stage = 'fetch', reason = 'empty', message = 'It has no bytes.', attempts = 3,
                cover_size = 42, cover_mtime = 'time', cover_etag = 'tag' WHERE movie_id = 7
            """);

        Assert.Equal(
            [
                new(1, new MovieId(7L), "fetch", "empty", "It has no bytes.", 3, "first", "last", 42, "time", "tag"),
                new(2, new MovieId(null), "decode", "corrupt", "It is damaged.", 1, "first", "last", null, null, null),
            ],
            Read());
    }

    [Theory]
    [InlineData(999)]
    [InlineData(1_000)]
    [InlineData(2_001)]
    public void Read_AroundTheEndOfAPage_GivesEachOnceInTheOrderTheyCame(int count)
    {
        _catalogue.WithDeadLetters([.. Enumerable.Range(0, count).Reverse().Select(i => $"{i}")]);

        Assert.Equal(
            Enumerable.Range(0, count).Reverse().Select(i => (object)(long)i),
            Read().Select(deadLetter => deadLetter.MovieId.Stored));
    }

    [Fact]
    public void Read_RowidBelowZero_IsNotLeftOut()
    {
        _catalogue.WithDeadLetters("1").Execute("UPDATE etl_dead_letters SET rowid = -5");

        Assert.Single(Read());
    }

    [Fact]
    public void Read_Reason_GivesThoseAlone()
    {
        _catalogue.WithDeadLetters("1", "2").Execute("UPDATE etl_dead_letters SET reason = 'empty' WHERE movie_id = 2");

        Assert.Equal(["empty"], Read("empty").Select(deadLetter => deadLetter.Reason));
    }

    [Fact]
    public void ReadBack_Key_GivesThoseBeforeItTheLastFirst()
    {
        _catalogue.WithDeadLetters([.. Enumerable.Range(1, 1_500).Select(i => $"{i}")]);

        Assert.Equal(
            Enumerable.Range(1, 1_400).Reverse().Select(i => (object)(long)i),
            Letters.ReadBack(before: 1_401).Select(deadLetter => deadLetter.MovieId.Stored));
    }

    [Fact]
    public void Read_NotEnumerated_OpensNothing()
    {
        _catalogue.Options.Query.Table = "films";

        IEnumerable<StoredDeadLetter> letters = Letters.Read();

        Assert.Throws<CatalogueException>(() => letters.First());
    }

    [Fact]
    public void Read_DatabaseFailsBetweenPages_IsACatalogueException()
    {
        _catalogue.WithDeadLetters([.. Enumerable.Range(1, 1_001).Select(i => $"{i}")]);

        var error = Assert.Throws<CatalogueException>(() =>
        {
            foreach (StoredDeadLetter letter in Letters.Read())
            {
                _catalogue.Execute("DROP TABLE IF EXISTS etl_dead_letters"); // a page is read whole, so nothing holds the table
            }
        });

        Assert.Contains("no such table", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CountByReason_SeveralReasons_StartsWithTheMostFrequent()
    {
        _catalogue.WithDeadLetters("1", "2", "3", "4").Execute(
            """
            UPDATE etl_dead_letters SET reason = 'empty' WHERE movie_id > 2;
            UPDATE etl_dead_letters SET reason = 'timeout' WHERE movie_id = 1;
            """);

        Assert.Equal([new("empty", 2), new("corrupt", 1), new("timeout", 1)], Letters.CountByReason());
    }

    [Theory]
    [InlineData(null, 2, new object[] { 0L, 0L })]
    [InlineData("corrupt", 1, new object[] { 0L, 1L })]
    [InlineData("timeout", 0, new object[] { 1L, 1L })]
    public void Retry_Reason_SetsTheirAttemptsToNone(string? reason, long count, object[] attempts)
    {
        _catalogue.WithDeadLetters("1", "2").Execute("UPDATE etl_dead_letters SET reason = 'empty' WHERE movie_id = 2");

        long retried = Letters.Retry(reason);

        Assert.Equal(count, retried);
        Assert.Equal(attempts, _catalogue.Query("SELECT attempts FROM etl_dead_letters ORDER BY movie_id").Select(row => row[0]!));
    }

    [Theory]
    [InlineData("DELETE FROM etl_dead_letters WHERE movie_id = '2'; INSERT INTO etl_dead_letters SELECT '9', stage, reason, message, 1, first_at, last_at, NULL, NULL, NULL FROM etl_dead_letters")]
    [InlineData("DELETE FROM etl_dead_letters WHERE movie_id = 1; UPDATE etl_dead_letters SET rowid = 1")]
    [InlineData("DELETE FROM etl_dead_letters")]
    public void Retry_KeyOfADeadLetterThatIsGone_LeavesTheOtherAlone(string meanwhile)
    {
        _catalogue.WithDeadLetters("1", "'2'");
        long[] keys = [.. Read().Select(letter => letter.Key)];
        _catalogue.Execute(meanwhile);
        long left = (long)_catalogue.Scalar("SELECT count(*) FROM etl_dead_letters WHERE movie_id IN (1) AND rowid = 1")!;

        long retried = Letters.Retry(keys, ["1", "2"]);

        Assert.Equal(left, retried);
        Assert.Equal(left, _catalogue.Scalar("SELECT count(*) FROM etl_dead_letters WHERE attempts = 0"));
    }

    [Fact]
    public void EachOfThem_NoTable_FindsNothingAndMakesNone()
    {
        Assert.Empty(Read());
        Assert.Empty(Letters.CountByReason());
        Assert.Equal(0, Letters.Retry());

        Assert.Equal(["movies"], _catalogue.Query("SELECT name FROM sqlite_schema").Select(row => row[0]));
    }

    [Fact]
    public void Read_TableOfANewerVersion_IsRefused()
    {
        _catalogue.WithDeadLetters("1").Execute("UPDATE etl_schema SET version = 2");

        var error = Assert.Throws<CatalogueException>(() => Read());

        Assert.Contains("schema version 2, but this program supports only 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TableWithoutAVersion_IsRead()
    {
        _catalogue.WithDeadLetters("1").Execute("DROP TABLE etl_schema");

        Assert.Single(Read());
    }

    private IDeadLetters Letters => _catalogue.Catalogue.DeadLetters;

    private StoredDeadLetter[] Read(string? reason = null) => [.. Letters.Read(reason)];
}
