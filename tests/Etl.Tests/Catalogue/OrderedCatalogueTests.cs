using System.Globalization;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Model;

namespace Etl.Tests.Catalogue;

/// <summary>Movies in the order of a column.</summary>
public sealed class OrderedCatalogueTests : IDisposable
{
    private readonly TestCatalogue _catalogue = new("""
        CREATE TABLE movies (id TEXT, year, palette_json TEXT);
        INSERT INTO movies VALUES
            ('a', 1990, NULL), ('none', NULL, NULL), ('b', 2001, ''), ('done', 2000, '[]'), ('c', 1990, NULL), ('d', 1989.5, ''),
            ('text', 'soon', NULL), ('blob', x'01', NULL), ('none too', NULL, ''), ('e', 2001, NULL);
        """);

    public OrderedCatalogueTests() => _catalogue.Options.Query.OrderBy = "year desc";

    public void Dispose() => _catalogue.Dispose();

    [Theory]
    [InlineData("year desc", 1, false)]
    [InlineData("year desc", 2, false)]
    [InlineData("year desc", 8, false)]
    [InlineData("year desc", 9, false)]
    [InlineData("year desc", 1_000, false)]
    [InlineData("year desc", 3, true)]
    [InlineData("year", 1, false)]
    [InlineData("year", 4, true)]
    public void ReadMissing_OrderedTable_ReadsEveryMovieOnceInOrder(string order, int pageSize, bool indexed)
    {
        _catalogue.Options.Query.OrderBy = order;
        _catalogue.Options.Query.PageSize = pageSize;
        if (indexed)
        {
            MissingIndex.Create(_catalogue.Catalogue);
        }

        Assert.Equal(
            order == "year" ? "d a c b e text blob none none too" : "blob text b e a c d none none too",
            string.Join(' ', Ids(_catalogue.Missing())));
        Assert.Equal(9, _catalogue.Source().CountMissing(CancellationToken.None));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000)]
    public void ReadMissing_ManyTies_LosesAndRepeatsNone(int pageSize)
    {
        using var catalogue = new TestCatalogue("""
            CREATE TABLE movies (id INTEGER, year INTEGER, palette_json TEXT);
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 199)
            INSERT INTO movies SELECT i, nullif(1990 + i % 3, 1992), CASE WHEN i % 5 = 0 THEN '[]' END FROM n;
            """);
        catalogue.Options.Query.OrderBy = "year desc";
        catalogue.Options.Query.PageSize = pageSize;

        IEnumerable<int> expected = Enumerable.Range(0, 200).Where(static i => i % 5 != 0).OrderBy(static i => i % 3 == 2 ? 2 : 1 - (i % 3));
        Assert.Equal(expected.Select(static i => i.ToString(CultureInfo.InvariantCulture)), Ids(catalogue.Missing()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    public void ReadMissing_TableWithoutRowid_IsOrdered(int pageSize)
    {
        using var catalogue = new TestCatalogue("""
            CREATE TABLE movies (palette_json TEXT, year INTEGER, id TEXT, part INTEGER, PRIMARY KEY (id, part)) WITHOUT ROWID;
            INSERT INTO movies VALUES (NULL, 1995, 'b', 1), (NULL, 1996, 'a', 2), ('[]', 1999, 'a', 3), ('', 1996, 'a', 1), (NULL, 1997, '007', 1);
            """);
        catalogue.Options.Query.OrderBy = "year desc";
        catalogue.Options.Query.PageSize = pageSize;

        Assert.Equal([["007", 1L], ["a", 1L], ["a", 2L], ["b", 1L]], catalogue.Missing().Select(static movie => movie.Key.Values!));
    }

    [Fact]
    public void ReadMissing_FilterLocationsAndDeadLetters_ComeWithTheMovies()
    {
        _catalogue.WithDeadLetters("'e'");
        _catalogue.Options.Query.Where = "year between 1990 and 2001";
        _catalogue.Options.Query.CoverColumn = "year";

        IReadOnlyList<Movie> movies = _catalogue.Missing();

        Assert.Equal(["b", "e", "a", "c"], Ids(movies));
        Assert.Equal(["2001", "2001", "1990", "1990"], movies.Select(static movie => movie.Location));
        Assert.Equal([null, FailureReason.Corrupt, null, null], movies.Select(static movie => movie.Previous?.Reason));
    }

    [Fact]
    public void ReadMissing_OtherProgramsWriteMeanwhile_AreNotHeldUp()
    {
        _catalogue.Options.Query.PageSize = 2;
        using IEnumerator<Movie> movies = _catalogue.Source().ReadMissing(CancellationToken.None).GetEnumerator();
        movies.MoveNext();

        _catalogue.Execute("""
            BEGIN EXCLUSIVE;
            UPDATE movies SET palette_json = '[]' WHERE id = 'e';
            DELETE FROM movies WHERE id = 'a';
            UPDATE movies SET year = 3000 WHERE id = 'd';
            INSERT INTO movies VALUES ('new', 2002, NULL);
            COMMIT
            """);
        var rest = new List<string?>();
        while (movies.MoveNext())
        {
            rest.Add(movies.Current.Id.Text);
        }

        Assert.Equal("text b c d none none too", string.Join(' ', rest));
        Assert.Contains("new", Ids(_catalogue.Missing()));
    }

    [Fact]
    public void ReadMissing_Draining_EndsAfterThePage()
    {
        _catalogue.Options.Query.PageSize = 2;
        using var draining = new CancellationTokenSource();
        var read = new List<string?>();

        foreach (Movie movie in _catalogue.Source().ReadMissing(draining.Token))
        {
            read.Add(movie.Id.Text);
            draining.Cancel();
        }

        Assert.Equal(["blob", "text"], read);
        Assert.Empty(_catalogue.Source().ReadMissing(draining.Token));
    }

    [Fact]
    public void ReadMissing_Ordered_LeavesNoTableBehind()
    {
        _ = _catalogue.Missing();

        Assert.Equal("movies", _catalogue.Scalar("SELECT group_concat(name) FROM sqlite_schema"));
    }

    [Fact]
    public void ReadMissing_ColumnOfTheOrderIsMissing_NamesThoseThatAre()
    {
        _catalogue.Options.Query.OrderBy = "\"year; --\" desc";

        var error = Assert.Throws<CatalogueException>(() => _catalogue.Missing());

        Assert.EndsWith("has no column year; --, only id, year, palette_json. Set Etl:Query:OrderBy.", error.Message, StringComparison.Ordinal);
    }

    private static string[] Ids(IEnumerable<Movie> movies) => [.. movies.Select(static movie => movie.Id.ToString())];
}
