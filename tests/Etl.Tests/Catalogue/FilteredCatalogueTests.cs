using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Tests.Catalogue;

/// <summary>Tables of which some rows are movies.</summary>
public sealed class FilteredCatalogueTests : IDisposable
{
    private readonly TestCatalogue _catalogue = new("""
        CREATE TABLE movies (id TEXT, year INTEGER, kind TEXT, palette_json TEXT);
        INSERT INTO movies VALUES
            ('old', 1989, 'movie', NULL), ('a', 1990, 'movie', ''), ('tv', 1990, 'tv', NULL), ('b', 1999, 'it''s', NULL),
            ('c', 2000, 'movie', '[[1, 2, 3]]'), ('no year', NULL, 'movie', NULL), ('d', 2001, 'movie', NULL), ('e', 2001, 'tv', '[[1, 2, 3]]');
        """);

    public FilteredCatalogueTests() => _catalogue.Options.Query.Where = "year >= 1990 and kind in ('movie', 'it''s')";

    public void Dispose() => _catalogue.Dispose();

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(1_000, false)]
    [InlineData(1, true)]
    [InlineData(1_000, true)]
    public void ReadMissing_FilteredTable_FindsTheMoviesThatPass(int pageSize, bool indexed)
    {
        _catalogue.Options.Query.PageSize = pageSize;
        if (indexed)
        {
            MissingIndex.Create(_catalogue.Catalogue);
        }

        Assert.Equal(["a", "b", "d"], Ids(_catalogue.Missing()).Order());
        Assert.Equal(3, _catalogue.Source().CountMissing(CancellationToken.None));
    }

    [Theory]
    [InlineData("year = '1990'", "a tv")] // the column's affinity applies, as in SQL
    [InlineData("id = 'a'", "a")]
    [InlineData("YEAR is null", "no year")]
    [InlineData("year is not null and year < 1990", "old")]
    [InlineData("year not in (1990, 1999, 2001)", "old")]
    [InlineData("year between 1990 and 1999", "a b tv")]
    [InlineData("year not between 1990 and 1999", "d old")]
    [InlineData("kind <> 'movie'", "b tv")]
    [InlineData("kind = ''' OR 1=1 --'", "")]
    [InlineData("palette_json = ''", "a")]
    [InlineData("", "a b d no year old tv")]
    public void ReadMissing_AnyFilter_IsThatOfSql(string filter, string ids)
    {
        _catalogue.Options.Query.Where = filter;

        Assert.Equal(ids, string.Join(' ', Ids(_catalogue.Missing()).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void ReadMissing_FilteredTable_ComesWithDeadLettersAndLocations()
    {
        _catalogue.WithDeadLetters("'b'");
        _catalogue.Options.Query.CoverColumn = "kind";

        Movie movie = _catalogue.Missing().Single(static movie => movie.Id.Text == "b");

        Assert.Equal(("it's", FailureReason.Corrupt), (movie.Location, movie.Previous?.Reason));
    }

    [Fact]
    public void Pages_FewRowsPass_BoundTheRowsLookedAt()
    {
        _catalogue.Options.Query.Where = "year = 2001";
        _catalogue.Options.Query.PageSize = 2;

        int[] pages = _catalogue.Catalogue.Read(static open => open.Pages
            .Read<RowKey>(open.Table.Id, join: "", static (_, key, page) => page.Add(key)).Select(static page => page.Count).ToArray());

        Assert.Equal([0, 0, 0, 2], pages);
    }

    [Fact]
    public void ReadMissing_ColumnsOfTheFilterAreMissing_NamesThemAndThoseThatAre()
    {
        _catalogue.Options.Query.Where = "born = 1 and \"drop table\" is null";

        var error = Assert.Throws<CatalogueException>(() => _catalogue.Missing());

        Assert.EndsWith("has no column born and no drop table, only id, year, kind, palette_json. Set Etl:Query:Where.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadMissing_NameThatNeedsQuotes_IsQuoted()
    {
        using var catalogue = new TestCatalogue("""
            CREATE TABLE movies (id, "my ""best"" year; --" INTEGER, palette_json);
            INSERT INTO movies VALUES ('a', 1, NULL), ('b', 2, NULL);
            """);
        catalogue.Options.Query.Where = "\"my \"\"best\"\" year; --\" = 2";

        Assert.Equal(["b"], Ids(catalogue.Missing()));
    }

    [Fact]
    public void Status_FilteredTable_CountsTheMoviesThatPass()
    {
        CatalogueStatus status = _catalogue.Catalogue.Status.Read();

        Assert.Equal((4, 3, 1), (status.Movies, status.Missing, status.Done));
    }

    [Fact]
    public void Rehearsal_FilteredTable_WritesTheMoviesThatPass() =>
        Assert.Equal(["a", "b", "d"], Ids(WriteRehearsal.Run(_catalogue.Catalogue).Movies).Order());

    [Fact]
    public void FirstMovies_FilteredTable_AreThoseThatPass() =>
        Assert.Equal(["a", "b"], Ids(FirstMovies.Take(_catalogue.Catalogue, 2)));

    [Fact]
    public void Reset_FilteredTable_EmptiesTheMoviesThatPass()
    {
        ResetResult result = _catalogue.Catalogue.Palettes.Reset(ResetSelection.All);

        Assert.Equal(1, result.Palettes);
        Assert.Equal("e", _catalogue.Scalar("SELECT group_concat(id) FROM movies WHERE palette_json <> ''"));
    }

    [Fact]
    public void Write_RowHasMovedAndAnotherThatDoesNotPassHasItsId_FillsTheOneThatPasses()
    {
        _catalogue.Execute("UPDATE movies SET id = 'a' WHERE id = 'tv'");
        Movie movie = _catalogue.Missing().Single(static movie => movie.Id.Text == "a");
        _catalogue.Execute("UPDATE movies SET rowid = rowid + 100");

        _catalogue.Write(new Item<Palette>(movie, new Palette(new Rgb(1, 2, 3))));

        Assert.Equal("movie", _catalogue.Scalar("SELECT group_concat(kind) FROM movies WHERE id = 'a' AND palette_json <> ''"));
    }

    private static string[] Ids(IEnumerable<Movie> movies) => [.. movies.Select(static movie => movie.Id.ToString())];
}
