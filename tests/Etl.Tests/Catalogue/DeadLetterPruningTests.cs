using PaletteEtl.Catalogue.Sqlite;

namespace Etl.Tests.Catalogue;

public sealed class DeadLetterPruningTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    public void Prune_SomeMoviesGone_DeletesTheirsOnly(int pageSize)
    {
        using TestCatalogue catalogue = New("('1', ''), ('2', '[[1, 2, 3]]')")
            .WithDeadLetters("'1'", "'2'", "'3'", "'4'");
        catalogue.Options.Query.PageSize = pageSize;

        long pruned = Prune(catalogue);

        Assert.Equal(2, pruned);
        Assert.Equal(["'1'", "'2'"], Remaining(catalogue));
    }

    [Fact]
    public void Prune_IdOfAnotherType_IsAnotherMovie()
    {
        using TestCatalogue catalogue = New("('7', ''), (8, '')").WithDeadLetters("7", "'7'", "8", "'8'");

        Prune(catalogue);

        Assert.Equal(["'7'", "8"], Remaining(catalogue));
    }

    [Theory]
    [InlineData("(id INTEGER, palette_json TEXT)", "322259")]
    [InlineData("(id TEXT COLLATE NOCASE, palette_json TEXT)", "'a'")]
    [InlineData("(id TEXT PRIMARY KEY, palette_json TEXT) WITHOUT ROWID", "'322259'")]
    [InlineData("(id INTEGER PRIMARY KEY, palette_json TEXT)", "322259")]
    [InlineData("(id, palette_json TEXT)", "NULL")]
    public void Prune_MovieStillThere_DeletesNothing(string table, string id)
    {
        using TestCatalogue catalogue =
            new TestCatalogue($"CREATE TABLE movies {table}; INSERT INTO movies VALUES ({id}, '')").WithDeadLetters(id);

        Assert.Equal(0, Prune(catalogue));

        Assert.Equal([id], Remaining(catalogue));
    }

    [Fact]
    public void Prune_NullIdOfNoMovie_IsDeleted()
    {
        using TestCatalogue catalogue = New("(1, '')").WithDeadLetters("NULL");

        Assert.Equal(1, Prune(catalogue));

        Assert.Empty(Remaining(catalogue));
    }

    [Fact]
    public void Prune_Reason_LeavesOthers()
    {
        using TestCatalogue catalogue = New("(0, '')").WithDeadLetters("1", "2");
        catalogue.Execute("UPDATE etl_dead_letters SET reason = 'empty' WHERE movie_id = 2");

        Assert.Equal(1, Prune(catalogue, "empty"));

        Assert.Equal(["1"], Remaining(catalogue));
    }

    [Fact]
    public void Prune_TwiceOverOneConnection_FindsNothingMore()
    {
        using TestCatalogue catalogue = New("(0, '')").WithDeadLetters("1", "2");

        (long First, long Second) pruned = catalogue.Catalogue.Write(
            open => (DeadLetterPruning.Prune(open, reason: null), DeadLetterPruning.Prune(open, reason: null)));

        Assert.Equal((2, 0), pruned);
    }

    [Fact]
    public void Prune_NoTable_MakesNone()
    {
        using TestCatalogue catalogue = New("(0, '')");

        Assert.Equal(0, Prune(catalogue));

        Assert.Equal(["movies"], catalogue.Query("SELECT name FROM sqlite_schema").Select(row => row[0]));
    }

    private static TestCatalogue New(string movies) =>
        new($"CREATE TABLE movies (id, palette_json TEXT); INSERT INTO movies VALUES {movies}");

    private static long Prune(TestCatalogue catalogue, string? reason = null) =>
        catalogue.Catalogue.DeadLetters.Prune(reason);

    private static IEnumerable<object?> Remaining(TestCatalogue catalogue) =>
        catalogue.Query("SELECT quote(movie_id) FROM etl_dead_letters ORDER BY rowid").Select(row => row[0]);
}
