using Microsoft.Data.Sqlite;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Tests.Catalogue;

/// <summary>Rows that another program replaces between the reading and the writing of their movies.</summary>
public sealed class ReplacedRowTests
{
    private const string Replace = "INSERT OR REPLACE INTO movies (id) SELECT id FROM movies ORDER BY id";
    private const string Reinsert = "CREATE TEMP TABLE m AS SELECT id FROM movies; DELETE FROM movies; INSERT INTO movies (id) VALUES ('other'), ('another'); INSERT INTO movies (id) SELECT id FROM m";

    /// <summary>Tables, and how each of their rows gets another key.</summary>
    public static TheoryData<string, string> Tables { get; } = new()
    {
        { "CREATE TABLE movies (id TEXT UNIQUE, palette_json TEXT)", Replace },
        { "CREATE TABLE movies (id TEXT PRIMARY KEY COLLATE NOCASE, palette_json TEXT)", Replace },
        { "CREATE TABLE movies (id TEXT, palette_json TEXT)", Reinsert },
        { "CREATE TABLE movies (id, palette_json)", Reinsert },
        { "CREATE TABLE movies (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE, palette_json TEXT)", Replace },
        {
            "CREATE TABLE movies (n TEXT DEFAULT (hex(randomblob(8))), id TEXT UNIQUE, palette_json TEXT, PRIMARY KEY (n)) WITHOUT ROWID",
            Replace
        },
        { "CREATE TABLE movies (id TEXT, palette_json TEXT); INSERT INTO movies VALUES ('0', '')", "DELETE FROM movies WHERE id = '0'; VACUUM" },
        { "PRAGMA encoding = 'UTF-16'; CREATE TABLE movies (id TEXT UNIQUE, palette_json TEXT)", Replace },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void Write_RowsReplacedMeanwhile_FillsThemById(string table, string meanwhile)
    {
        foreach (string journal in (string[])["delete", "wal"])
        {
            using var catalogue = new TestCatalogue($"PRAGMA journal_mode = {journal}; {table}; INSERT INTO movies (id) VALUES ('a'), ('b'), ('c')");
            IReadOnlyList<Movie> movies =
                [.. catalogue.Missing().Where(movie => movie.Id.Text != "0").OrderBy(movie => movie.Id.Text, StringComparer.Ordinal)];
            catalogue.Execute(meanwhile);

            BatchResult result = catalogue.Write([.. movies.Select(PaletteItem)]);

            Assert.Equal(new BatchResult { Written = 3 }, result);
            Assert.Equal(
                [["a", "[[0, 0, 0]]"], ["b", "[[0, 0, 1]]"], ["c", "[[0, 0, 2]]"]],
                catalogue.Query("SELECT id, palette_json FROM movies WHERE palette_json <> '' ORDER BY id"));
        }
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Write_FailuresOfReplacedRows_AreStored(string table, string meanwhile)
    {
        using var catalogue = new TestCatalogue($"{table}; INSERT INTO movies (id) VALUES ('a'), ('b'), ('c')");
        IReadOnlyList<Movie> movies = [.. catalogue.Missing().Where(movie => movie.Id.Text != "0")];
        catalogue.Execute(meanwhile);

        BatchResult result = catalogue.Write([.. movies.Select(FailedItem)]);

        Assert.Equal(new BatchResult { DeadLetters = 3 }, result);
        Assert.Equal(["a", "b", "c"], catalogue.Query("SELECT movie_id FROM etl_dead_letters ORDER BY 1").Select(row => row[0]));
    }

    [Theory]
    [InlineData("1, '1', 1.5, x'31'")]
    [InlineData("CAST(x'FF41' AS TEXT), x'FF42', 'FF41', NULL")]
    [InlineData("'', 'a', 'A', 'a '")]
    public void Write_IdsOfEveryType_AreFoundWithTheirType(string ids)
    {
        string rows = string.Join("), (", ids.Split(", "));
        using var catalogue = new TestCatalogue($"CREATE TABLE movies (id, palette_json); INSERT INTO movies (id) VALUES ({rows})");
        IReadOnlyList<Movie> movies = catalogue.Missing();
        catalogue.Execute($"DELETE FROM movies; INSERT INTO movies (id) VALUES ('z'), ('y'), ('x'), ('w'), ({rows})");

        BatchResult result = catalogue.Write([.. movies.Select(PaletteItem)]);

        Assert.Equal(4, result.Written);
        Assert.Equal(
            [null, null, null, null, "[[0, 0, 0]]", "[[0, 0, 1]]", "[[0, 0, 2]]", "[[0, 0, 3]]"],
            catalogue.Query("SELECT palette_json FROM movies ORDER BY rowid").Select(row => row[0]));
    }

    [Theory]
    [InlineData("INSERT INTO movies (id) VALUES ('b'), ('a'), ('a')", 1)] // two rows have the id
    [InlineData("INSERT INTO movies (id) VALUES ('z')", 1)] // its row has another id
    [InlineData("INSERT INTO movies (id) VALUES ('Z'), ('A')", 1)] // to the letter
    [InlineData("INSERT INTO movies VALUES ('b', NULL), ('a', '[[9, 9, 9]]')", 0)] // another program filled it
    [InlineData("INSERT INTO movies VALUES ('b', '[[9, 9, 9]]')", 0)] // removed
    [InlineData("SELECT 1", 0)]
    public void Write_NoSingleRowOfTheIdIsMissing_IsSupersededAndCountedWhereStillMissing(string insert, long missing)
    {
        using var catalogue = new TestCatalogue("CREATE TABLE movies (id TEXT, palette_json TEXT); INSERT INTO movies (id) VALUES ('a')");
        Movie movie = Assert.Single(catalogue.Missing());
        catalogue.Execute($"DELETE FROM movies; {insert}");
        IReadOnlyList<object?[]> before = catalogue.Query("SELECT * FROM movies");
        using SinkConnection sink = new(catalogue);

        BatchResult result = sink.Write(PaletteItem(movie, 0));

        Assert.Equal(new BatchResult { Superseded = 1 }, result);
        Assert.Equal(before, catalogue.Query("SELECT * FROM movies"));
        Assert.Equal(missing, sink.CountStillMissing());
    }

    [Fact]
    public void Write_FailureWithTwoRowsOfTheId_IsStored()
    {
        using var catalogue = new TestCatalogue($"{TestCatalogue.Movies}; INSERT INTO movies (id) VALUES ('a')");
        Movie movie = Assert.Single(catalogue.Missing());
        catalogue.Execute("DELETE FROM movies; INSERT INTO movies (id) VALUES ('b'), ('a'), ('a')");

        BatchResult result = catalogue.Write(FailedItem(movie));

        Assert.Equal(new BatchResult { DeadLetters = 1 }, result); // a dead letter belongs to the id
    }

    [Fact]
    public void Write_TwoMoviesOfOneIdAndOneRowIsLeft_FillsItOnce()
    {
        using var catalogue = new TestCatalogue($"{TestCatalogue.Movies}; INSERT INTO movies (id) VALUES ('a'), ('a')");
        IReadOnlyList<Movie> movies = catalogue.Missing();
        catalogue.Execute("DELETE FROM movies; INSERT INTO movies (id) VALUES ('x'), ('y'), ('a')");

        BatchResult result = catalogue.Write([.. movies.Select(PaletteItem)]);

        Assert.Equal(new BatchResult { Written = 1, Superseded = 1 }, result);
    }

    [Fact]
    public void CountStillMissing_RowOfAnotherMovieAtTheKey_IsNotCountedOnceThatIsSettled()
    {
        using var catalogue = new TestCatalogue($"{TestCatalogue.Movies}; INSERT INTO movies (id) VALUES ('a'), ('b'), ('c')");
        IReadOnlyList<Movie> movies = catalogue.Missing();
        catalogue.Execute("DELETE FROM movies WHERE id = 'a'; VACUUM"); // the key of a is that of b now
        using SinkConnection sink = new(catalogue);

        sink.Write(PaletteItem(movies[0], 0));
        long between = sink.CountStillMissing();
        sink.Write(PaletteItem(movies[1], 1));
        sink.Write(FailedItem(movies[2]));

        Assert.Equal((1, 0), (between, sink.CountStillMissing()));
        Assert.Equal([["b", "[[0, 0, 1]]"], ["c", null]], catalogue.Query("SELECT id, palette_json FROM movies"));
    }

    [Fact]
    public void CountStillMissing_RowAtTheKeyHasADeadLetter_IsCountedAsThatAlone()
    {
        using var catalogue = new TestCatalogue($"{TestCatalogue.Movies}; INSERT INTO movies (id) VALUES ('a'), ('b')");
        IReadOnlyList<Movie> movies = catalogue.Missing();
        catalogue.Execute("DELETE FROM movies WHERE id = 'a'; VACUUM");
        using SinkConnection sink = new(catalogue);

        sink.Write(PaletteItem(movies[0], 0), FailedItem(movies[1]));

        Assert.Equal(0, sink.CountStillMissing());
    }

    [Theory]
    [InlineData("ABORT")]
    [InlineData("ROLLBACK")]
    public void Write_ReplacedRowIsRefused_BecomesADeadLetterAndTheOthersAreWritten(string raise)
    {
        using var catalogue = new TestCatalogue($"""
            CREATE TABLE movies (id TEXT UNIQUE, palette_json TEXT);
            INSERT INTO movies (id) VALUES ('a'), ('b'), ('c');
            CREATE TRIGGER refuse BEFORE UPDATE ON movies WHEN new.id = 'b' BEGIN SELECT RAISE({raise}, 'refused'); END;
            """);
        IReadOnlyList<Movie> movies = catalogue.Missing();
        catalogue.Execute(Replace);

        BatchResult result = catalogue.Write([.. movies.Select(PaletteItem)]);

        Assert.Equal(new BatchResult { Written = 2, DeadLetters = 1, Rejected = 1 }, result);
        Assert.Equal([["b", "rejected"]], catalogue.Query("SELECT movie_id, reason FROM etl_dead_letters"));
        Assert.Equal(["b"], catalogue.Missing().Select(movie => movie.Id.Text));
    }

    [Fact]
    public void Write_PaletteOfAReplacedRow_RemovesItsDeadLetter()
    {
        using var catalogue = new TestCatalogue("CREATE TABLE movies (id TEXT UNIQUE, palette_json TEXT); INSERT INTO movies (id) VALUES ('a'), ('b')");
        catalogue.WithDeadLetters("'a'", "'b'");
        IReadOnlyList<Movie> movies = catalogue.Missing();
        catalogue.Execute($"{Replace}; UPDATE movies SET palette_json = '[[9, 9, 9]]' WHERE id = 'b'");

        BatchResult result = catalogue.Write([.. movies.Select(PaletteItem)]);

        Assert.Equal(new BatchResult { Written = 1, Superseded = 1 }, result);
        Assert.Empty(catalogue.Query("SELECT * FROM etl_dead_letters"));
    }

    [Fact]
    public void Write_NoRowWasReplaced_DoesNotReadTheTable()
    {
        using var catalogue = new TestCatalogue($"""
            {TestCatalogue.Movies};
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) INSERT INTO movies SELECT i, '{new string('x', 200)}', NULL FROM n;
            """);
        catalogue.Options.Query.AllowForeignValues = true; // no sample is read
        IReadOnlyList<Movie> movies = catalogue.Missing();
        catalogue.Execute("UPDATE movies SET palette_json = '[[9, 9, 9]]' WHERE id = '2'");
        Damage(catalogue.Options.Query.Database, "1500"); // only a search of the table comes by it

        BatchResult result = catalogue.Write(PaletteItem(movies[0], 0), PaletteItem(movies[1], 1), FailedItem(movies[2]));

        Assert.Equal(new BatchResult { Written = 1, DeadLetters = 1, Superseded = 1 }, result);
        catalogue.Execute("DELETE FROM movies WHERE rowid = 4");
        Assert.Throws<CatalogueException>(() => catalogue.Write(PaletteItem(movies[3], 3)));
    }

    [Theory]
    [InlineData("id TEXT", 1, 100)]
    [InlineData("id TEXT", 256, 100)]
    [InlineData("id TEXT UNIQUE", 256, 5)]
    public void Find_ManyIds_ReadsTheTableOnceAtMost(string id, int ids, int stepsARow)
    {
        const int Rows = 20_000;
        using var catalogue = new TestCatalogue($"""
            CREATE TABLE movies ({id}, palette_json TEXT);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Rows}) INSERT INTO movies SELECT i, NULL FROM n;
            """);
        using SqliteConnection connection = catalogue.Connect();
        var rows = new RowsById(connection, CatalogueTable.Inspect(connection, catalogue.Options.Catalogue));
        int steps = 0;
        SQLitePCL.raw.sqlite3_progress_handler(connection.Handle, 100, _ => { steps += 100; return 0; }, null);

        Dictionary<MovieId, RowsOfId> found = rows.Find(Enumerable.Range(1, ids).Select(i => new MovieId($"{i}")));

        Assert.Equal(ids, found.Values.Count(row => row is { Missing: 1, Filled: 0 }));
        Assert.InRange(steps, 0, Rows * stepsARow);
    }

    private static Item<Palette> PaletteItem(Movie movie, int number) => new(movie, Movies.PaletteOf(number));

    private static Item<Palette> FailedItem(Movie movie) =>
        new(movie, default, null, new Failure("decode", FailureReason.Corrupt, "It is damaged.", null));

    /// <summary>Overwrites the page of the file that has a movie.</summary>
    private static void Damage(string database, string id)
    {
        byte[] file = File.ReadAllBytes(database);
        int at = file.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes($"{id}xxx")) / 4_096 * 4_096;
        file.AsSpan(at, 4_096).Fill(0xA5);
        File.WriteAllBytes(database, file);
    }

    /// <summary>An open sink.</summary>
    private sealed class SinkConnection : IDisposable
    {
        private readonly SqlitePaletteSink _sink;

        public SinkConnection(TestCatalogue catalogue)
        {
            _sink = catalogue.Sink();
            _sink.Open();
        }

        public BatchResult Write(params Item<Palette>[] batch) => _sink.Write(batch, new Outcome[batch.Length]);

        public long CountStillMissing() => _sink.CountStillMissing();

        public void Dispose() => _sink.Close();
    }
}
