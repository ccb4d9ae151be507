using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Model;
using SQLitePCL;

namespace Etl.Tests.Catalogue;

public sealed class MissingIndexTests
{
    public static TheoryData<string> Tables => AnyTableTests.Tables;

    [Theory]
    [MemberData(nameof(Tables))]
    public void ReadMissing_TableWithIndex_FindsTheSameMovies(string sql)
    {
        using var catalogue = new TestCatalogue($"""
            {sql};
            INSERT INTO movies (id, palette_json) VALUES ('e', ''), ('b', '[]'), ('a', ''), ('d', ' '), ('c', '');
            """);
        Nullify(catalogue, "e", "c");
        catalogue.Options.Query.PageSize = 1;
        IReadOnlyList<Movie> scanned = catalogue.Missing();

        bool created = Use(catalogue, MissingIndex.Create);

        Assert.True(created);
        Assert.Equal(Ids(scanned).Order(), Ids(catalogue.Missing()).Order());
        Assert.Equal(scanned.Count, catalogue.Source().CountMissing(CancellationToken.None));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void ReadMissing_TableWithIndex_IsSearchedInItNotScanned(string sql)
    {
        using var catalogue = new TestCatalogue($"""
            {sql};
            INSERT INTO movies (id, palette_json) VALUES ('a', ''), ('b', '[]'), ('c', '');
            """);
        Use(catalogue, MissingIndex.Create);

        string[] plans = Plans(catalogue);

        Assert.NotEmpty(plans);
        Assert.All(plans, plan => Assert.Matches("^SEARCH t USING (COVERING )?INDEX etl_missing_movies|^USE TEMP B-TREE FOR RIGHT PART", plan));
    }

    [Theory]
    [InlineData("")]
    [InlineData("COLLATE NOCASE")]
    [InlineData("COLLATE RTRIM")]
    public void ReadMissing_PaletteColumnWithCollation_FindsWhatItsComparisonFinds(string collation)
    {
        using var catalogue = new TestCatalogue($"""
            CREATE TABLE movies (id TEXT, palette_json TEXT {collation});
            INSERT INTO movies VALUES ('a', ' '), ('b', ''), ('c', '  '), ('d', NULL), ('e', x'');
            """);
        string[] scanned = Ids(catalogue.Missing());

        Use(catalogue, MissingIndex.Create);

        Assert.Equal(scanned.Order(), Ids(catalogue.Missing()).Order());
        Assert.All(Plans(catalogue), plan => Assert.StartsWith("SEARCH t USING INDEX etl_missing_movies", plan, StringComparison.Ordinal));
    }

    [Fact]
    public void ReadMissing_StatisticsSpeakAgainstTheIndex_UsesItAllTheSame()
    {
        using var catalogue = new TestCatalogue($"""
            {TestCatalogue.Movies};
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
            INSERT INTO movies SELECT i, NULL, NULL FROM n;
            """);
        Use(catalogue, MissingIndex.Create);
        catalogue.Execute("ANALYZE; UPDATE movies SET palette_json = '[]' WHERE id > 1");

        Assert.All(Plans(catalogue), plan => Assert.StartsWith("SEARCH t USING INDEX etl_missing_movies", plan, StringComparison.Ordinal));
    }

    [Fact]
    public void ReadMissing_IndexedNullsAndEmptyPalettes_AreReadInTwoPasses()
    {
        using var catalogue = new TestCatalogue($"""
            {TestCatalogue.Movies};
            INSERT INTO movies (id, palette_json) VALUES ('a', ''), ('b', NULL), ('c', '[]'), ('d', ''), ('e', NULL);
            """);
        Use(catalogue, MissingIndex.Create);

        Assert.Equal(["b", "e", "a", "d"], Ids(catalogue.Missing()));
    }

    [Fact]
    public void ReadMissing_StoppedInTheFirstPass_DoesNotBeginTheSecond()
    {
        using var catalogue = new TestCatalogue($"""
            {TestCatalogue.Movies};
            INSERT INTO movies (id, palette_json) VALUES ('a', ''), ('b', NULL);
            """);
        Use(catalogue, MissingIndex.Create);
        using var draining = new CancellationTokenSource();
        var read = new List<string?>();

        foreach (Movie movie in catalogue.Source().ReadMissing(draining.Token))
        {
            read.Add(movie.Id.Text);
            draining.Cancel();
        }

        Assert.Equal(["b"], read);
    }

    [Theory]
    [InlineData("CREATE INDEX etl_missing_movies ON movies (title)")]
    [InlineData("CREATE INDEX etl_missing_movies ON movies (palette_json) WHERE palette_json IS NULL")]
    public void ReadMissing_AnotherIndexOfItsName_IsNotUsedAndReplacedWhenAskedFor(string sql)
    {
        using var catalogue = new TestCatalogue($"{TestCatalogue.Movies}; INSERT INTO movies (id, palette_json) VALUES ('a', ''), ('b', NULL); {sql}");

        string[] before = Ids(catalogue.Missing());
        bool created = Use(catalogue, MissingIndex.Create);

        Assert.True(created);
        Assert.Equal(["a", "b"], before);
        Assert.Equal(["b", "a"], Ids(catalogue.Missing()));
    }

    [Fact]
    public void Create_Again_ChangesNothing()
    {
        using var catalogue = new TestCatalogue("CREATE TABLE \"the \"\"best\"\"\" (id, palette_json)");
        catalogue.Options.Query.Table = "THE \"best\"";
        Use(catalogue, MissingIndex.Create);
        catalogue.Options.Query.Table = "the \"BEST\"";

        bool again = Use(catalogue, MissingIndex.Create);

        Assert.False(again);
        Assert.Equal("etl_missing_THE \"best\"", catalogue.Scalar("SELECT name FROM sqlite_schema WHERE type = 'index'"));
    }

    [Fact]
    public void Drop_Index_IsGoneAndNoOther()
    {
        using var catalogue = new TestCatalogue($"{TestCatalogue.Movies}; CREATE INDEX other ON movies (id)");
        Use(catalogue, MissingIndex.Create);

        (bool first, bool second) = (MissingIndex.Drop(catalogue.Catalogue), MissingIndex.Drop(catalogue.Catalogue));

        Assert.Equal((true, false), (first, second));
        Assert.Equal("other", catalogue.Scalar("SELECT group_concat(name) FROM sqlite_schema WHERE type = 'index'"));
    }

    private static bool Use(TestCatalogue catalogue, Func<OpenCatalogue, bool> work) => catalogue.Catalogue.Write(work);

    private static string[] Ids(IEnumerable<Movie> movies) => [.. movies.Select(movie => movie.Id.ToString())];

    /// <summary>Makes palettes NULL where the table has them so.</summary>
    private static void Nullify(TestCatalogue catalogue, params string[] ids)
    {
        if (catalogue.Scalar("SELECT [notnull] FROM pragma_table_info('movies') WHERE name = 'palette_json'") is 0L)
        {
            catalogue.Execute($"UPDATE movies SET palette_json = NULL WHERE CAST(id AS TEXT) IN ('{string.Join("', '", ids)}')");
        }
    }

    /// <summary>How SQLite goes about each query of a reading, page after page.</summary>
    private static string[] Plans(TestCatalogue catalogue)
    {
        catalogue.Options.Query.PageSize = 1;
        List<string> queries = [];
        Use(catalogue, opened =>
        {
            raw.sqlite3_trace(opened.Connection.Handle, (_, sql) => queries.Add(sql), null);
            foreach (List<long> page in opened.Pages.ReadMissing<long>(opened.Table.Id, join: "", static (_, key, page) => page.Add(key.Number)))
            {
                Assert.Single(page);
            }

            raw.sqlite3_trace(opened.Connection.Handle, (strdelegate_trace?)null, null);
            return true;
        });
        return [.. queries.SelectMany(sql => catalogue.Query($"EXPLAIN QUERY PLAN {sql}")).Select(row => (string)row[3]!)];
    }
}
