using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Tests.Catalogue;

/// <summary>Tables of every shape, read, written and given dead letters.</summary>
public sealed class AnyTableTests
{
    /// <summary>Tables of the movies a, b, c and d (or what stands for them), of which d has a palette.</summary>
    public static TheoryData<string> Tables { get; } =
    [
        "CREATE TABLE movies (id TEXT, palette_json TEXT)",
        "CREATE TABLE movies (id TEXT PRIMARY KEY, palette_json TEXT) WITHOUT ROWID",
        "CREATE TABLE movies (id TEXT, palette_json TEXT, PRIMARY KEY (id DESC)) WITHOUT ROWID",
        "CREATE TABLE movies (n INT DEFAULT 7, id TEXT COLLATE NOCASE, palette_json TEXT, PRIMARY KEY (n, id)) WITHOUT ROWID",
        "CREATE TABLE movies (id BLOB PRIMARY KEY, palette_json BLOB) WITHOUT ROWID",
        "CREATE TABLE movies (id PRIMARY KEY, palette_json)",
        "CREATE TABLE movies (id INTEGER, palette_json INTEGER)",
        "CREATE TABLE movies (id NUMERIC UNIQUE, palette_json REAL)",
        "CREATE TABLE movies (id BLOB, palette_json TEXT NOT NULL DEFAULT '')",
        "CREATE TABLE movies (id TEXT, palette_json TEXT) STRICT",
        "CREATE TABLE movies (id ANY PRIMARY KEY, palette_json ANY) STRICT, WITHOUT ROWID",
        "CREATE TABLE movies (n INTEGER PRIMARY KEY, id TEXT, palette_json TEXT, up TEXT AS (upper(palette_json)), len INT AS (length(id)) STORED)",
        "CREATE TABLE movies (name TEXT DEFAULT ' ', id TEXT UNIQUE, palette_json TEXT CHECK (palette_json <> 'x'))",
        "PRAGMA encoding = 'UTF-16'; CREATE TABLE movies (id TEXT PRIMARY KEY, palette_json TEXT) WITHOUT ROWID",
    ];

    [Theory]
    [MemberData(nameof(Tables))]
    public void ReadAndWrite_Table_SettlesEachMovie(string sql)
    {
        using var catalogue = new TestCatalogue($"""
            {sql};
            INSERT INTO movies (id, palette_json) VALUES ('a', ''), ('b', ''), ('c', ''), ('d', '[[9, 9, 9]]');
            """);
        catalogue.Options.Query.PageSize = 1;

        AssertSettled(catalogue, "SELECT id, palette_json FROM movies ORDER BY id", ["a", "b", "c", "d"]);
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void ReadAndWrite_TableWithIndex_SettlesEachMovie(string sql)
    {
        using var catalogue = new TestCatalogue($"""
            {sql};
            INSERT INTO movies (id, palette_json) VALUES ('a', ''), ('b', ''), ('c', ''), ('d', '[[9, 9, 9]]');
            """);
        catalogue.Options.Query.PageSize = 1;
        catalogue.Catalogue.Write(MissingIndex.Create);

        AssertSettled(catalogue, "SELECT id, palette_json FROM movies ORDER BY id", ["a", "b", "c", "d"]);
    }

    [Theory]
    [InlineData("a table", "an id", "a palette")]
    [InlineData("SELECT", "from", "Where")]
    [InlineData("[x]", "[id]", "]")]
    [InlineData("it's", "'", "''")]
    [InlineData("\"", "\"\"", "a\"b")]
    [InlineData("`t`", "`", "; DROP TABLE movies; --")]
    [InlineData("映画 🎬", "é", "e\u0301")]
    [InlineData("1", "2", "3")]
    [InlineData("t.x", "$id", ":p?")]
    [InlineData("rowid", "rowid", "oid")]
    [InlineData("d", "movie_id", "reason")]
    [InlineData("t", "t", "d")]
    public void ReadAndWrite_Names_AreTakenAsTheyAre(string table, string id, string palette)
    {
        string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        using var catalogue = new TestCatalogue($"""
            CREATE TABLE {Quoted(table)} ({Quoted(id)} TEXT, {Quoted(palette)} TEXT);
            INSERT INTO {Quoted(table)} VALUES ('a', ''), ('b', NULL), ('c', ''), ('d', '[[9, 9, 9]]');
            """);
        (catalogue.Options.Query.Table, catalogue.Options.Query.IdColumn, catalogue.Options.Query.PaletteColumn) = (table, id, palette);

        AssertSettled(catalogue, $"SELECT * FROM {Quoted(table)} ORDER BY 1", ["a", "b", "c", "d"]);
    }

    [Theory]
    [InlineData("'A', 'a', 'ä', 'Ä'", "COLLATE NOCASE")] // other movies, whatever their column compares as equal
    [InlineData("'a', 'a ', 'a  ', 'a' || char(9)", "COLLATE RTRIM")]
    [InlineData("'é', 'e' || char(769), 'É', 'ｅ́'", "")] // composed, combining, upper case, wide
    [InlineData("'a', 'a' || char(0), 'a' || char(0) || 'b', char(0)", "")]
    [InlineData("'1', '01', '1.0', '+1'", "")]
    [InlineData("char(65533), 'a' || char(65533), char(65534), char(65279) || 'a'", "")]
    [InlineData("'''', '''; DROP TABLE movies; --', '\"', '$id'", "")]
    public void ReadAndWrite_TextsThatAreNearlyTheSame_AreOtherMovies(string ids, string collation)
    {
        string[] sql = ids.Split(", ");
        using var catalogue = new TestCatalogue($"""
            CREATE TABLE movies (id TEXT {collation}, palette_json TEXT);
            INSERT INTO movies VALUES ({sql[0]}, ''), ({sql[1]}, ''), ({sql[2]}, ''), ({sql[3]}, '[[9, 9, 9]]');
            """);
        object?[] stored = [.. catalogue.Query("SELECT id FROM movies ORDER BY rowid").Select(row => row[0])];
        Assert.Equal(4, stored.Distinct().Count());

        AssertSettled(catalogue, "SELECT id, palette_json FROM movies ORDER BY rowid", stored);
    }

    [Fact]
    public void ReadAndWrite_IdsOfEveryType_AreOtherMovies()
    {
        using var catalogue = new TestCatalogue("""
            CREATE TABLE movies (id, palette_json TEXT);
            INSERT INTO movies VALUES (1, ''), ('1', ''), (x'31', ''), (1.5, '[[9, 9, 9]]');
            """);

        AssertSettled(catalogue, "SELECT id, palette_json FROM movies ORDER BY rowid", [1L, "1", new byte[] { 0x31 }, 1.5]);
    }

    [Theory]
    [InlineData("CREATE TABLE t (id, palette_json); CREATE VIEW movies AS SELECT * FROM t", "is a view. Set Etl:Query:Table")]
    [InlineData("CREATE VIRTUAL TABLE movies USING fts5 (id, palette_json)", "is a virtual table. Set Etl:Query:Table")]
    [InlineData("CREATE TABLE movies (id, palette_json AS ('[]'))", "Column palette_json of table movies")]
    [InlineData("CREATE TABLE movies (id, palette_json AS ('[]') STORED)", "is generated")]
    public void Open_TableThatCannotBeWrittenTo_IsRefused(string sql, string message)
    {
        using var catalogue = new TestCatalogue(sql);

        var reading = Assert.Throws<CatalogueException>(catalogue.Missing);
        var writing = Assert.Throws<CatalogueException>(() => catalogue.Write());

        Assert.Contains(message, reading.Message, StringComparison.Ordinal);
        Assert.Equal(reading.Message, writing.Message);
    }

    [Fact]
    public void Open_ShadowTable_IsRefused()
    {
        using var catalogue = new TestCatalogue("CREATE VIRTUAL TABLE x USING fts5 (a)");
        (catalogue.Options.Query.Table, catalogue.Options.Query.PaletteColumn) = ("x_data", "block");

        var error = Assert.Throws<CatalogueException>(catalogue.Missing);

        Assert.Contains("is a shadow table", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Of three missing palettes two are written and one fails; then that one is written, and its dead letter goes.</summary>
    private static void AssertSettled(TestCatalogue catalogue, string query, object?[] ids)
    {
        IReadOnlyList<Movie> movies = catalogue.Missing();
        Movie failing = movies.Single(movie => Equals(Comparable(movie.Id.Stored), Comparable(ids[1])));

        BatchResult first = catalogue.Write([.. movies.Select(movie => movie == failing
            ? new Item<Palette>(movie, default, null, new Failure("decode", FailureReason.Corrupt, "It is damaged.", null))
            : new Item<Palette>(movie, PaletteOf(ids, movie)))]);
        Movie left = Assert.Single(catalogue.Missing());
        BatchResult second = catalogue.Write(new Item<Palette>(left, PaletteOf(ids, left)));

        Assert.Equal((new BatchResult { Written = 2, DeadLetters = 1 }, new BatchResult { Written = 1 }), (first, second));
        Assert.Equal((failing.Id.ToString(), FailureReason.Corrupt), (left.Id.ToString(), left.Previous?.Reason));
        Assert.Equal(
            [[ids[0], "[[0, 0, 0]]"], [ids[1], "[[0, 0, 1]]"], [ids[2], "[[0, 0, 2]]"], [ids[3], "[[9, 9, 9]]"]],
            catalogue.Query(query));
        Assert.Empty(catalogue.Query("SELECT * FROM etl_dead_letters"));
    }

    private static Palette PaletteOf(object?[] ids, Movie movie) =>
        Movies.PaletteOf(Array.FindIndex(ids, id => Equals(Comparable(id), Comparable(movie.Id.Stored))));

    private static object? Comparable(object? id) => id is byte[] bytes ? Convert.ToHexString(bytes) : id;
}
