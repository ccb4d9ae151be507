using PaletteEtl.Catalogue;
using PaletteEtl.Model;

namespace Etl.Tests.Catalogue;

public sealed class SqliteMovieSourceTests
{
    [Fact]
    public void ReadMissing_NullAndEmptyPalettes_AreFoundInTheOrderOfTheRows()
    {
        using var catalogue = new TestCatalogue($"""
            {TestCatalogue.Movies};
            INSERT INTO movies (rowid, id, palette_json) VALUES
                (-5, 'a', NULL), (1, 'b', '[[1, 2, 3]]'), (2, 'c', ''), (9223372036854775807, 'd', NULL), (7, 'e', ' ');
            """);

        IReadOnlyList<Movie> movies = catalogue.Missing();

        Assert.Equal(["a", "c", "d"], movies.Select(movie => movie.Id.Text));
        Assert.Equal([-5L, 2L, long.MaxValue], movies.Select(movie => movie.Key.Number));
        Assert.Equal(3, catalogue.Source().CountMissing(CancellationToken.None));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(1_000)]
    public void ReadMissing_PagesOfAnySize_ReadEveryMovieOnce(int pageSize)
    {
        using var catalogue = new TestCatalogue($"""
            {TestCatalogue.Movies};
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)
            INSERT INTO movies SELECT 'm' || i, NULL, CASE WHEN i % 2 = 0 THEN '[]' END FROM n;
            """);
        catalogue.Options.Query.PageSize = pageSize;

        IReadOnlyList<Movie> movies = catalogue.Missing();

        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"m{(2 * i) + 1}"), movies.Select(movie => movie.Id.Text));
        Assert.Equal(10, catalogue.Source().CountMissing(CancellationToken.None));
    }

    [Fact]
    public void ReadMissing_Page_BoundsTheRowsLookedAtNotTheMoviesFound()
    {
        using var catalogue = new TestCatalogue($"""
            {TestCatalogue.Movies};
            INSERT INTO movies (id, palette_json) VALUES ('a', ''), ('b', '[]'), ('c', '');
            """);
        catalogue.Options.Query.PageSize = 2;
        using var draining = new CancellationTokenSource();
        var read = new List<string?>();

        foreach (Movie movie in catalogue.Source().ReadMissing(draining.Token))
        {
            read.Add(movie.Id.Text);
            draining.Cancel(); // the page at hand is read to its end, and no other
        }

        Assert.Equal(["a"], read);
    }

    [Fact]
    public void ReadMissing_WhileMoviesAreHandedOn_AnotherProgramCanWrite()
    {
        using var catalogue = new TestCatalogue($"""
            PRAGMA journal_mode = DELETE;
            {TestCatalogue.Movies};
            INSERT INTO movies (id) VALUES ('a'), ('b'), ('c');
            """);
        catalogue.Options.Query.PageSize = 2;

        using IEnumerator<Movie> movies = catalogue.Source().ReadMissing(CancellationToken.None).GetEnumerator();
        movies.MoveNext();
        catalogue.Execute("BEGIN EXCLUSIVE; UPDATE movies SET palette_json = '[]' WHERE id = 'c'; COMMIT");
        bool second = movies.MoveNext();
        bool third = movies.MoveNext();

        Assert.Equal((true, false), (second, third));
    }

    [Theory]
    [InlineData("INTEGER", "114709", 114709L)]
    [InlineData("INTEGER PRIMARY KEY", "114709", 114709L)]
    [InlineData("TEXT", "'0114709'", "0114709")]
    [InlineData("VARCHAR(20)", "'0114709'", "0114709")]
    [InlineData("", "'0114709'", "0114709")]
    [InlineData("", "114709", 114709L)]
    [InlineData("INTEGER", "'tt0114709'", "tt0114709")]
    [InlineData("TEXT", "'Amélie 阿甘正传 🎬'", "Amélie 阿甘正传 🎬")]
    [InlineData("TEXT", "'a' || char(0) || 'b'", "a\0b")]
    [InlineData("TEXT", "NULL", null)]
    [InlineData("TEXT", "''", "")]
    [InlineData("REAL", "1.5", 1.5)]
    public void ReadMissing_Id_KeepsItsStoredType(string type, string sql, object? stored)
    {
        using var catalogue = new TestCatalogue($"""
            CREATE TABLE movies (id {type}, palette_json TEXT);
            INSERT INTO movies (id) VALUES ({sql});
            """);

        Assert.Equal(stored, Assert.Single(catalogue.Missing()).Id.Stored);
    }

    [Theory]
    [InlineData("'/abc.jpg'", "/abc.jpg")]
    [InlineData("'a' || char(0) || 'b'", "a\0b")]
    [InlineData("5", "5")]
    [InlineData("5.0", "5")]
    [InlineData("''", "")]
    [InlineData("NULL", "")]
    [InlineData("1.5", "")]
    [InlineData("x'2F61'", "")]
    [InlineData("CAST(x'FF41' AS TEXT)", "")] // not valid UTF-8
    public void ReadMissing_CoverColumn_IsTheLocationOrEmpty(string sql, string location)
    {
        using var catalogue = new TestCatalogue($"""
            CREATE TABLE movies (id, poster_path, palette_json TEXT);
            INSERT INTO movies VALUES ('a', {sql}, NULL);
            """).WithDeadLetters("'a'");
        catalogue.Options.Query.CoverColumn = "poster_path";

        Movie movie = Assert.Single(catalogue.Missing());

        Assert.Equal(("a", location, FailureReason.Corrupt), (movie.Id.Text, movie.Location, movie.Previous!.Reason));
    }

    [Fact]
    public void ReadMissing_NoCoverColumn_HasNoLocation()
    {
        using var catalogue = new TestCatalogue($"{TestCatalogue.Movies}; INSERT INTO movies (id) VALUES ('a')");

        Assert.Null(Assert.Single(catalogue.Missing()).Location);
    }

    [Fact]
    public void ReadMissing_IdsAreNotUnique_FindsEveryRow()
    {
        using var catalogue = new TestCatalogue($"{TestCatalogue.Movies}; INSERT INTO movies (id) VALUES ('a'), ('a'), (NULL), (NULL)");

        Assert.Equal(["a", "a", null, null], catalogue.Missing().Select(movie => movie.Id.Stored));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1_000)]
    public void ReadMissing_TableWithoutRowid_IsReadByItsPrimaryKey(int pageSize)
    {
        using var catalogue = new TestCatalogue("""
            CREATE TABLE movies (palette_json TEXT, year INTEGER, id TEXT, PRIMARY KEY (id, year)) WITHOUT ROWID;
            INSERT INTO movies VALUES (NULL, 1995, 'b'), (NULL, 1996, 'a'), ('[]', 1994, 'a'), ('', 1990, 'a'), (NULL, 1, 'c');
            """);
        catalogue.Options.Query.PageSize = pageSize;

        IReadOnlyList<Movie> movies = catalogue.Missing();

        Assert.Equal(
            [["a", 1990L], ["a", 1996L], ["b", 1995L], ["c", 1L]],
            movies.Select(movie => movie.Key.Values!));
    }

    [Fact]
    public void ReadMissing_ColumnsNamedLikeTheRowid_UsesItsOtherName()
    {
        using var catalogue = new TestCatalogue("""
            CREATE TABLE movies (rowid TEXT, _RowID_ TEXT, id TEXT, palette_json TEXT);
            INSERT INTO movies VALUES ('x', 'y', 'a', NULL), ('x', 'y', 'b', NULL);
            """);
        catalogue.Options.Query.PageSize = 1;

        Assert.Equal([1L, 2L], catalogue.Missing().Select(movie => movie.Key.Number));
    }

    [Fact]
    public void ReadMissing_NamesThatNeedQuotes_AreQuoted()
    {
        using var catalogue = new TestCatalogue("""
            CREATE TABLE "my ""best"" movies; --" ("select" TEXT, "palette's json" TEXT);
            INSERT INTO "my ""best"" movies; --" VALUES ('a', NULL), ('b', '[]');
            """);
        catalogue.Options.Query.Table = "my \"best\" movies; --";
        catalogue.Options.Query.IdColumn = "SELECT";
        catalogue.Options.Query.PaletteColumn = "palette's json";

        Assert.Equal(["a"], catalogue.Missing().Select(movie => movie.Id.Text));
    }

    [Fact]
    public void ReadMissing_DeadLetters_ComeWithTheMovieOfTheSameIdAndType()
    {
        using var catalogue = new TestCatalogue("""
            CREATE TABLE movies (id, palette_json TEXT);
            INSERT INTO movies (id) VALUES (1), ('1'), (NULL), (2);
            """);
        IReadOnlyList<Movie> movies = catalogue.Missing();
        catalogue.Write(
            new(movies[0], default, null, new Failure("fetch", FailureReason.TooLarge, "integer", new(5, null, null))),
            new(movies[2], default, null, new Failure("fetch", FailureReason.InvalidId, "null", null)));

        movies = catalogue.Missing();

        Assert.Equal(
            [FailureReason.TooLarge, null, FailureReason.InvalidId, null],
            movies.Select(movie => movie.Previous?.Reason));
        Assert.Equal(5, movies[0].Previous!.Version!.Size);
    }

    [Fact]
    public void ReadMissing_KeyThatIsNotValidUtf8_IsRefusedInsteadOfReadForEver()
    {
        using var catalogue = new TestCatalogue("""
            CREATE TABLE movies (id TEXT PRIMARY KEY, palette_json TEXT) WITHOUT ROWID;
            INSERT INTO movies VALUES (CAST(x'FF41' AS TEXT), ''), ('a', '');
            """);

        var error = Assert.Throws<CatalogueException>(() => catalogue.Missing());

        Assert.Contains("not valid UTF-8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadMissing_IdThatIsNotValidUtf8_IsReadAsItsBytes()
    {
        using var catalogue = new TestCatalogue($"{TestCatalogue.Movies}; INSERT INTO movies (id) VALUES (CAST(x'FF41' AS TEXT))");

        Movie movie = Assert.Single(catalogue.Missing());

        Assert.Equal(new byte[] { 0xFF, 0x41 }, movie.Id.Stored);
        Assert.Null(movie.Id.Text);
    }
}
