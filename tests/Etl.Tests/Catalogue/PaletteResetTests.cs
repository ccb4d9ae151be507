using Microsoft.Data.Sqlite;
using PaletteEtl.Catalogue;

namespace Etl.Tests.Catalogue;

public sealed class PaletteResetTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1_000)]
    public void Apply_First_EmptiesSoManyOfThoseThatHaveOne(int pageSize)
    {
        using TestCatalogue catalogue = New("id", "('0', NULL), ('1', '[[1, 2, 3]]'), ('2', '[[1, 2, 3]]'), ('3', ''), ('4', '[[1, 2, 3]]'), ('5', '[[1, 2, 3]]'), ('6', '[[1, 2, 3]]')");
        catalogue.Options.Query.PageSize = pageSize;

        ResetResult result = Apply(catalogue, ResetSelection.First(4));

        Assert.Equal(4, result.Palettes);
        Assert.Empty(result.UnknownIds);
        Assert.Equal(["1", "2", "3", "4", "5"], Emptied(catalogue)); // 3 was so before
    }

    [Fact]
    public void Apply_FirstOfMoreThanThereAre_EmptiesAll()
    {
        using TestCatalogue catalogue = New("id", "('1', '[[1, 2, 3]]'), ('2', '[[1, 2, 3]]')");

        Assert.Equal(2, Apply(catalogue, ResetSelection.First(3)).Palettes);

        Assert.Equal(["1", "2"], Emptied(catalogue));
    }

    [Fact]
    public void Apply_All_EmptiesEveryPaletteNullIdsIncluded()
    {
        using TestCatalogue catalogue = New("id", "(1, '[[1, 2, 3]]'), (NULL, '[[1, 2, 3]]'), ('3', NULL)");

        Assert.Equal(2, Apply(catalogue, ResetSelection.All).Palettes);

        Assert.Equal([["", 2L], [null, 1L]], catalogue.Query("SELECT palette_json, count(*) FROM movies GROUP BY 1 ORDER BY 2 DESC"));
    }

    [Theory]
    [InlineData("id INTEGER")]
    [InlineData("id TEXT")]
    [InlineData("id VARCHAR(20)")]
    [InlineData("id")]
    public void Apply_Ids_FindsThemWhateverTheirType(string id)
    {
        using TestCatalogue catalogue = New(id, "(322259, '[[1, 2, 3]]'), (5, '[[1, 2, 3]]')");

        Assert.Equal(1, Apply(catalogue, ResetSelection.Of(["322259"])).Palettes);

        Assert.Equal("322259", Assert.Single(Emptied(catalogue))?.ToString());
    }

    [Fact]
    public void Apply_IdWithLeadingZeros_IsNotTheNumber()
    {
        using TestCatalogue catalogue = New("id", "('0114709', '[[1, 2, 3]]'), (114709, '[[1, 2, 3]]')");

        Apply(catalogue, ResetSelection.Of(["0114709"]));

        Assert.Equal(["0114709"], Emptied(catalogue));
    }

    [Fact]
    public void Apply_IdsOfWhichSomeAreUnknown_NamesThoseInOrder()
    {
        using TestCatalogue catalogue = New("id", "('1', '[[1, 2, 3]]'), ('2', NULL), (NULL, '[[1, 2, 3]]')");

        ResetResult result = Apply(catalogue, ResetSelection.Of(["9", "1", "10", "2", ""]));

        Assert.Equal(1, result.Palettes);
        Assert.Equal(["", "10", "9"], result.UnknownIds); // an empty id names no movie, not even one whose id is NULL
    }

    [Fact]
    public void Apply_TableWithoutRowid_EmptiesByItsKey()
    {
        using var catalogue = new TestCatalogue(
            """
            CREATE TABLE movies (a TEXT, b INTEGER, id TEXT, palette_json TEXT, PRIMARY KEY (b, a)) WITHOUT ROWID;
            INSERT INTO movies VALUES ('0', 0, '0', '[[1, 2, 3]]'), ('1', 1, '1', '[[1, 2, 3]]'), ('2', 0, '2', '[[1, 2, 3]]'), ('3', 1, '3', '[[1, 2, 3]]');
            """);
        catalogue.Options.Query.PageSize = 1;

        Apply(catalogue, ResetSelection.Of(["1", "2"]));

        Assert.Equal(["1", "2"], Emptied(catalogue));
    }

    [Fact]
    public void Apply_MovieWithDeadLetter_LeavesTheDeadLetter()
    {
        using TestCatalogue catalogue = New("id", "('1', '[[1, 2, 3]]')").WithDeadLetters("'1'");

        Apply(catalogue, ResetSelection.All);

        Assert.Equal(1L, catalogue.Scalar("SELECT attempts FROM etl_dead_letters"));
    }

    [Fact]
    public void Apply_FailsWithinAPage_LeavesThePageAsItWas()
    {
        using TestCatalogue catalogue = New("id", "('1', '[[1, 2, 3]]'), ('2', '[[1, 2, 3]]')");
        catalogue.Execute("CREATE TRIGGER fail BEFORE UPDATE ON movies WHEN new.id = '2' BEGIN SELECT abs(-9223372036854775808); END");

        Assert.Throws<CatalogueException>(() => Apply(catalogue, ResetSelection.All));

        Assert.Empty(Emptied(catalogue));
    }

    [Fact]
    public void Apply_NothingToEmpty_WaitsForNoLock()
    {
        using TestCatalogue catalogue = New("id", "('1', '[[1, 2, 3]]'), ('2', NULL)");
        catalogue.Options.Write.BusyTimeout = TimeSpan.Zero;
        using SqliteConnection other = catalogue.Connect();
        using SqliteTransaction writing = other.BeginTransaction();

        ResetResult result = Apply(catalogue, ResetSelection.Of(["2"]));

        Assert.Equal(0, result.Palettes);
    }

    [Fact]
    public void Preview_Selection_CountsAndChangesNothing()
    {
        using TestCatalogue catalogue = New("id", "('1', '[[1, 2, 3]]'), ('2', '[[1, 2, 3]]'), ('3', '[[1, 2, 3]]'), ('4', NULL)");

        ResetResult first = catalogue.Catalogue.Palettes.Preview(ResetSelection.First(2));
        ResetResult ids = catalogue.Catalogue.Palettes.Preview(ResetSelection.Of(["3", "4", "5"]));

        Assert.Equal(2, first.Palettes);
        Assert.Equal(1, ids.Palettes);
        Assert.Equal(["5"], ids.UnknownIds);
        Assert.Empty(Emptied(catalogue));
    }

    private static TestCatalogue New(string id, string movies) =>
        new($"CREATE TABLE movies ({id}, palette_json TEXT); INSERT INTO movies VALUES {movies}");

    private static ResetResult Apply(TestCatalogue catalogue, ResetSelection selection) =>
        catalogue.Catalogue.Palettes.Reset(selection);

    private static IEnumerable<object?> Emptied(TestCatalogue catalogue) =>
        catalogue.Query("SELECT id FROM movies WHERE palette_json = '' ORDER BY id").Select(row => row[0]);
}
