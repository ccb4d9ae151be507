using PaletteEtl.Catalogue;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Tests.Catalogue;

public sealed class SqlitePaletteSinkTests
{
    private static readonly Palette Some = new(new Rgb(1, 2, 3), new Rgb(4, 5, 6));
    private const string SomeJson = "[[1, 2, 3], [4, 5, 6]]";

    [Fact]
    public void Write_MissingPalettes_FillsThemAndNothingElse()
    {
        using var catalogue = new TestCatalogue($"""
            {TestCatalogue.Movies};
            INSERT INTO movies VALUES ('a', 'A', NULL), ('b', 'B', ''), ('c', 'C', NULL);
            """);
        IReadOnlyList<Movie> movies = catalogue.Missing();

        BatchResult result = catalogue.Write(new(movies[0], Some), new(movies[1], Some));

        Assert.Equal(new BatchResult { Written = 2 }, result);
        Assert.Equal(
            [["a", "A", SomeJson], ["b", "B", SomeJson], ["c", "C", null]],
            catalogue.Query("SELECT * FROM movies"));
        Assert.Empty(catalogue.Query("SELECT name FROM sqlite_schema WHERE name = 'etl_dead_letters'")); // no dead letters, no table
    }

    [Theory]
    [InlineData("UPDATE movies SET palette_json = '[[9, 9, 9]]' WHERE id = 'a'")]
    [InlineData("UPDATE movies SET id = 'z' WHERE id = 'a'")]
    [InlineData("DELETE FROM movies WHERE id = 'a'")]
    [InlineData("DELETE FROM movies WHERE id = 'a'; UPDATE movies SET rowid = 1 WHERE id = 'b'")] // as VACUUM may do
    public void Write_RowChangedMeanwhile_IsSupersededAndLeftAsItIs(string meanwhile)
    {
        using var catalogue = new TestCatalogue($"{TestCatalogue.Movies}; INSERT INTO movies (id) VALUES ('a'), ('b')");
        Movie movie = catalogue.Missing()[0];
        catalogue.Execute(meanwhile);
        IReadOnlyList<object?[]> before = catalogue.Query("SELECT rowid, * FROM movies");

        BatchResult result = catalogue.Write(new Item<Palette>(movie, Some));

        Assert.Equal(new BatchResult { Superseded = 1 }, result);
        Assert.Equal(before, catalogue.Query("SELECT rowid, * FROM movies"));
        Assert.Empty(catalogue.Query("SELECT name FROM sqlite_schema WHERE name = 'etl_dead_letters'")); // no refusal, no dead letters
    }

    [Fact]
    public void Write_IdsAreNotUnique_FillsTheRowThatWasRead()
    {
        using var catalogue = new TestCatalogue($"{TestCatalogue.Movies}; INSERT INTO movies (id) VALUES ('a'), ('a'), (NULL), (NULL)");
        IReadOnlyList<Movie> movies = catalogue.Missing();

        catalogue.Write(new(movies[1], Some), new(movies[3], Some));

        Assert.Equal([null, SomeJson, null, SomeJson], catalogue.Query("SELECT palette_json FROM movies").Select(row => row[0]));
    }

    [Fact]
    public void Write_TableWithoutRowid_FillsTheRowOfTheKey()
    {
        using var catalogue = new TestCatalogue("""
            CREATE TABLE movies (palette_json TEXT, year INTEGER, id TEXT, PRIMARY KEY (id, year)) WITHOUT ROWID;
            INSERT INTO movies VALUES (NULL, 1995, 'a'), (NULL, 1996, 'a'), (NULL, 1995, 'b');
            """);

        BatchResult result = catalogue.Write(new Item<Palette>(catalogue.Missing()[1], Some));

        Assert.Equal(1, result.Written);
        Assert.Equal([["a", 1996L]], catalogue.Query("SELECT id, year FROM movies WHERE palette_json IS NOT NULL"));
    }

    [Fact]
    public void Write_NamesThatNeedQuotes_AreQuoted()
    {
        using var catalogue = new TestCatalogue("""
            CREATE TABLE "my ""best"" movies" ("select" TEXT, "palette's json" TEXT);
            INSERT INTO "my ""best"" movies" VALUES ('a', NULL), ('b', NULL);
            """);
        catalogue.Options.Query.Table = "my \"best\" movies";
        catalogue.Options.Query.IdColumn = "select";
        catalogue.Options.Query.PaletteColumn = "palette's json";
        IReadOnlyList<Movie> movies = catalogue.Missing();

        BatchResult result = catalogue.Write(
            new(movies[0], Some), new(movies[1], default, null, new Failure("decode", FailureReason.Corrupt, "It is damaged.", null)));

        Assert.Equal(new BatchResult { Written = 1, DeadLetters = 1 }, result);
        Assert.Equal(["b"], catalogue.Missing().Select(movie => movie.Id.Text));
    }

    [Fact]
    public void Write_AStatementOfTheBatchFails_LeavesNothingOfTheBatch()
    {
        using var catalogue = new TestCatalogue($"""
            {TestCatalogue.Movies};
            INSERT INTO movies (id) VALUES ('a'), ('b'), ('c');
            CREATE TRIGGER fail BEFORE UPDATE ON movies WHEN new.id = 'c' BEGIN SELECT abs(-9223372036854775808); END;
            """);
        IReadOnlyList<Movie> movies = catalogue.Missing();

        var error = Assert.Throws<CatalogueException>(() => catalogue.Write(
            new(movies[0], Some),
            new(movies[1], default, null, new Failure("decode", FailureReason.Corrupt, "It is damaged.", null)),
            new(movies[2], Some)));

        Assert.Contains("integer overflow", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, catalogue.Missing().Count);
        Assert.Equal(0L, catalogue.Scalar("SELECT count(*) FROM etl_dead_letters"));
    }

    [Fact]
    public void Write_NoFile_SaysSoAndMakesNone()
    {
        using var catalogue = new TestCatalogue($"{TestCatalogue.Movies}; INSERT INTO movies (id) VALUES ('a')");
        Movie movie = catalogue.Missing()[0];
        catalogue.Options.Query.Database = catalogue.Folder["none.db"];

        Assert.Throws<CatalogueException>(() => catalogue.Write(new Item<Palette>(movie, Some)));

        Assert.False(File.Exists(catalogue.Options.Query.Database));
    }

    [Fact]
    public void Write_IdThatIsNotValidUtf8_IsStoredAsADeadLetterAndNotTakenForSuperseded()
    {
        using var catalogue = new TestCatalogue($"{TestCatalogue.Movies}; INSERT INTO movies (id) VALUES (CAST(x'FF41' AS TEXT))");
        Movie movie = catalogue.Missing()[0];

        BatchResult batch = catalogue.Write(
            new Item<Palette>(movie, default, null, new Failure("fetch", FailureReason.InvalidId, "It names no cover.", null)));

        Assert.Equal(new BatchResult { DeadLetters = 1 }, batch);
        Assert.Equal("FF41", catalogue.Scalar("SELECT hex(movie_id) FROM etl_dead_letters"));
    }
}
