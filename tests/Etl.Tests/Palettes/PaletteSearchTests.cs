using System.Text;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Palettes;

namespace Etl.Tests.Palettes;

public sealed class PaletteSearchTests
{
    private const string Near = "[[10, 20, 30], [40, 50, 60]]";
    private const string Nearer = "[[10, 20, 31], [40, 50, 61]]";
    private const string Far = "[[255, 255, 255], [250, 250, 250]]";

    [Theory]
    [InlineData("CREATE TABLE movies (id TEXT, palette_json TEXT)")]
    [InlineData("CREATE TABLE movies (id TEXT PRIMARY KEY, palette_json TEXT) WITHOUT ROWID")]
    [InlineData("CREATE TABLE movies (id BLOB, palette_json BLOB)")]
    [InlineData("CREATE TABLE movies (id TEXT COLLATE NOCASE UNIQUE, palette_json TEXT)")]
    [InlineData("PRAGMA encoding = 'UTF-16le'; CREATE TABLE movies (id TEXT, palette_json TEXT)")]
    [InlineData("PRAGMA encoding = 'UTF-16be'; CREATE TABLE movies (id TEXT PRIMARY KEY, palette_json TEXT) WITHOUT ROWID")]
    public void Find_Table_GivesTheNearestFirst(string table)
    {
        using var catalogue = new TestCatalogue($"""
            {table};
            INSERT INTO movies VALUES ('far', '{Far}'), ('me', '{Near}'), ('near', '{Near}'), ('nearer', '{Nearer}');
            """);
        catalogue.Options.Query.PageSize = 1;

        SearchResult found = Find(catalogue, "me", count: 2);

        Assert.True(found.IsKnown);
        Assert.Equal(Near, found.Palette?.ToJson());
        Assert.Equal(["near", "nearer"], Ids(found));
        Assert.Equal(0, found.Movies[0].Distance);
        Assert.Equal(Nearer, found.Movies[1].Palette.ToJson());
    }

    [Fact]
    public void Find_RandomCatalogue_IsWhatComparingEachGives()
    {
        using var catalogue = new TestCatalogue($"""
            {TestCatalogue.Movies};
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500),
                c(i, p) AS (SELECT i, printf('[[%d, %d, %d], [%d, %d, %d], [%d, %d, %d]]', random() & 255, random() & 255, random() & 255,
                    random() & 255, random() & 255, random() & 255, random() & 255, random() & 255, random() & 255) FROM n)
            INSERT INTO movies SELECT i, NULL, p FROM c;
            """);
        var palettes = catalogue.Query("SELECT id, palette_json FROM movies")
            .ToDictionary(row => (string)row[0]!, row => Read((string)row[1]!));

        SearchResult found = Find(catalogue, "7", count: 20);

        double[] expected =
        [
            .. palettes.Where(movie => movie.Key != "7")
                .Select(movie => (double)new PaletteDistance(palettes["7"]).To(movie.Value)).Order().Take(20),
        ];
        Assert.Equal(20, found.Movies.Count);
        Assert.All(expected.Zip(found.Movies), pair => Assert.Equal(pair.First, pair.Second.Distance, 0.001));
        Assert.All(found.Movies, movie => Assert.Equal(palettes[movie.Id.Text!], movie.Palette));
    }

    [Fact]
    public void Find_MoviesAsNearAsEachOther_ComeInTheOrderOfTheRows()
    {
        using var catalogue = new TestCatalogue($"""
            {TestCatalogue.Movies};
            INSERT INTO movies (id, palette_json) VALUES
                ('c', '{Near}'), ('far', '{Far}'), ('me', '{Near}'), ('a', '{Near}'), ('b', '{Near}');
            """);

        Assert.Equal(["c", "a"], Ids(Find(catalogue, "me", count: 2)));
        Assert.Equal(["c", "a", "b", "far"], Ids(Find(catalogue, "me", count: 10)));
    }

    [Fact]
    public void Find_RowsWithoutAPalette_AreLeftOut()
    {
        using var catalogue = new TestCatalogue($$"""
            CREATE TABLE movies (id, palette_json);
            INSERT INTO movies VALUES ('me', '{{Near}}'), ('null', NULL), ('empty', ''), ('list', '[]'), ('text', 'x'), ('number', 5),
                ('real', 1.5), ('blob', x'FF00'), ('utf8', CAST(x'5B5BFF' AS TEXT)), ('object', '{"a": 1}'), ('256', '[[256, 0, 0]]'),
                ('bytes', CAST('{{Nearer}}' AS BLOB)), (NULL, '{{Far}}'), ('', '{{Far}}'), (x'FF', '{{Far}}');
            """);

        SearchResult found = Find(catalogue, "me", count: 100);

        Assert.Equal(["bytes", "NULL", "''", "x'FF'"], Ids(found));
    }

    [Theory]
    [InlineData("INTEGER", "114709", "114709", true)]
    [InlineData("INTEGER", "114709", "0114709", false)]
    [InlineData("TEXT", "'0114709'", "0114709", true)]
    [InlineData("TEXT", "'0114709'", "114709", false)]
    [InlineData("", "114709", "114709", true)]
    [InlineData("", "'114709'", "114709", true)]
    [InlineData("", "'114709'", " 114709", false)]
    [InlineData("REAL", "114709", "114709", true)]
    [InlineData("TEXT COLLATE NOCASE", "'TT1'", "tt1", false)]
    [InlineData("TEXT COLLATE NOCASE", "'tt1'", "tt1", true)]
    [InlineData("BLOB", "x'41'", "A", false)]
    [InlineData("TEXT", "'阿甘正传'", "阿甘正传", true)]
    [InlineData("TEXT", "''", "", false)]
    public void Find_Id_IsComparedAsItReads(string type, string sql, string id, bool isKnown)
    {
        using var catalogue = new TestCatalogue($"CREATE TABLE movies (id {type}, palette_json TEXT); INSERT INTO movies VALUES ({sql}, '{Near}')");

        SearchResult found = Find(catalogue, id, count: 1);

        Assert.Equal((isKnown, isKnown), (found.IsKnown, found.Palette is not null));
    }

    [Fact]
    public void Find_SeveralMoviesOfTheId_TakesTheFirstWithAPaletteAndLeavesAllOut()
    {
        using var catalogue = new TestCatalogue($"""
            CREATE TABLE movies (id, palette_json);
            INSERT INTO movies VALUES (1, NULL), ('1', 'x'), (1, '{Near}'), ('1', '{Far}'), (2, '{Far}');
            """);

        SearchResult found = Find(catalogue, "1", count: 10);

        Assert.Equal(Near, found.Palette?.ToJson());
        Assert.Equal(["2"], Ids(found));
    }

    [Theory]
    [InlineData("NULL")]
    [InlineData("''")]
    [InlineData("'[]'")]
    public void Find_MovieWithoutPalette_IsKnownAllTheSame(string palette)
    {
        using var catalogue = new TestCatalogue($"{TestCatalogue.Movies}; INSERT INTO movies VALUES ('a', NULL, {palette}), ('b', NULL, '{Near}')");

        SearchResult found = Find(catalogue, "a", count: 1);

        Assert.Equal((true, null), (found.IsKnown, found.Palette));
        Assert.Empty(found.Movies);
    }

    [Fact]
    public void Find_Stopped_ReadsNoFurther()
    {
        using var catalogue = new TestCatalogue($"{TestCatalogue.Movies}; INSERT INTO movies VALUES ('a', NULL, '{Near}'), ('b', NULL, '{Near}')");

        SearchResult found = PaletteSearch.Find(catalogue.Catalogue, "a", 5, new CancellationToken(canceled: true));

        Assert.Empty(found.Movies);
    }

    private static SearchResult Find(TestCatalogue catalogue, string id, int count) =>
        PaletteSearch.Find(catalogue.Catalogue, id, count);

    private static string[] Ids(SearchResult found) => [.. found.Movies.Select(movie => movie.Id.ToString())];

    private static Palette Read(string json) =>
        PaletteJson.TryRead(Encoding.UTF8.GetBytes(json), out Palette palette)
            ? palette
            : throw new InvalidDataException(json);
}
