using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Tests.Catalogue;

/// <summary>Batches of which the database refuses rows.</summary>
public sealed class RejectedRowTests
{
    private const string Rows = "INSERT INTO movies (id) VALUES ('a'), ('b'), ('c'), ('d'), ('e')";

    private static readonly CoverVersion Version = new(Size: 42, Modified: null, "\"tag\"");

    /// <summary>Tables that take any palette but that of movie c.</summary>
    public static TheoryData<string, string> Tables { get; } = new()
    {
        { "refused", WithTrigger("BEFORE", "SELECT RAISE(ABORT, 'refused')") },
        { "refused", WithTrigger("AFTER", "SELECT RAISE(ABORT, 'refused')") },
        { "refused", WithTrigger("BEFORE", "SELECT RAISE(FAIL, 'refused')") },
        { "refused", WithTrigger("AFTER", "SELECT RAISE(FAIL, 'refused')") },
        { "refused", WithTrigger("BEFORE", "SELECT RAISE(ROLLBACK, 'refused')") },
        { "refused", WithTrigger("AFTER", "SELECT RAISE(ROLLBACK, 'refused')") },
        { "ignored", WithTrigger("BEFORE", "SELECT RAISE(IGNORE)") },
        { "NOT NULL", $"CREATE TABLE log (line NOT NULL); {WithTrigger("AFTER", "INSERT INTO log VALUES (NULL)")}" },
        { "UNIQUE", $"CREATE TABLE log (line UNIQUE); INSERT INTO log VALUES (1); {WithTrigger("AFTER", "INSERT INTO log VALUES (1)")}" },
        { "FOREIGN KEY", $"CREATE TABLE k (k PRIMARY KEY); CREATE TABLE log (k REFERENCES k); {WithTrigger("AFTER", "INSERT INTO log VALUES (1)")}" },
        {
            "deferred foreign key",
            $"""
            CREATE TABLE k (k PRIMARY KEY);
            CREATE TABLE log (k REFERENCES k DEFERRABLE INITIALLY DEFERRED);
            {WithTrigger("AFTER", "INSERT INTO log VALUES (1)")}
            """
        },
        { "CHECK", $"CREATE TABLE movies (id TEXT, palette_json TEXT CHECK (id <> 'c' OR palette_json IS NULL)); {Rows}" },
        { "CHECK", $"CREATE TABLE movies (id TEXT PRIMARY KEY, palette_json TEXT CHECK (id <> 'c' OR palette_json IS NULL)) STRICT, WITHOUT ROWID; {Rows}" },
        { "ignored", $"CREATE TABLE movies (id TEXT, palette_json TEXT UNIQUE ON CONFLICT IGNORE); {Rows}; INSERT INTO movies VALUES ('z', '[[0, 0, 2]]')" },
        { "UNIQUE", $"CREATE TABLE movies (id TEXT, palette_json TEXT UNIQUE ON CONFLICT ROLLBACK); {Rows}; INSERT INTO movies VALUES ('z', '[[0, 0, 2]]')" },
        { "UNIQUE", $"CREATE TABLE movies (id TEXT, palette_json TEXT UNIQUE ON CONFLICT FAIL); {Rows}; INSERT INTO movies VALUES ('z', '[[0, 0, 2]]')" },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void Write_OneRowIsRefused_BecomesADeadLetterAndTheOthersAreWritten(string message, string sql)
    {
        using var catalogue = new TestCatalogue(sql);

        BatchResult result = catalogue.Write(Palettes(catalogue));

        Assert.Equal(new BatchResult { Written = 4, DeadLetters = 1, Rejected = 1 }, result);
        Assert.Equal(
            [["a", "[[0, 0, 0]]"], ["b", "[[0, 0, 1]]"], ["c", null], ["d", "[[0, 0, 3]]"], ["e", "[[0, 0, 4]]"]],
            catalogue.Query("SELECT id, palette_json FROM movies WHERE id <> 'z' ORDER BY id"));
        object?[] letter = Assert.Single(catalogue.Query("SELECT movie_id, stage, reason, message, cover_size FROM etl_dead_letters"));
        Assert.Equal(["c", "write", "rejected", 42L], [.. letter[..3], letter[4]]);
        Assert.Contains(message, (string)letter[3]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ABORT")]
    [InlineData("FAIL")]
    [InlineData("ROLLBACK")]
    public void Write_ManyRowsAreRefused_LeaveNoTraceButTheirDeadLetters(string raise)
    {
        using var catalogue = new TestCatalogue($"""
            CREATE TABLE log (id);
            {TestCatalogue.Movies};
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99) INSERT INTO movies (id) SELECT i FROM n;
            CREATE TRIGGER refuse AFTER UPDATE ON movies BEGIN
                INSERT INTO log VALUES (new.id);
                SELECT RAISE({raise}, 'refused') WHERE new.id % 3 = 0;
            END;
            """);

        BatchResult result = catalogue.Write(Palettes(catalogue));

        Assert.Equal(new BatchResult { Written = 66, DeadLetters = 34, Rejected = 34 }, result);
        Assert.Equal(34L, catalogue.Scalar("SELECT count(*) FROM movies JOIN etl_dead_letters ON movie_id = id WHERE palette_json IS NULL AND id % 3 = 0"));
        Assert.Equal("66, 66, 0", catalogue.Scalar("SELECT concat_ws(', ', count(*), count(DISTINCT id), sum(id % 3 = 0)) FROM log"));
    }

    [Theory]
    [InlineData("ABORT")]
    [InlineData("ROLLBACK")]
    public void Write_RowsAreRefused_TheBatchIsStillOneCommit(string raise)
    {
        using var catalogue = new TestCatalogue(WithTrigger("BEFORE", $"SELECT RAISE({raise}, 'refused')"));
        Item<Palette>[] batch = Palettes(catalogue);
        catalogue.Write(batch[0].Failed<Palette>(new Failure("decode", FailureReason.Corrupt, "It is damaged.", Version))); // makes the table
        using (SqliteConnection connection = catalogue.Connect())
        {
            ProvenanceTable.Create(connection, catalogue.Options.Catalogue.Settings);
        }

        int before = Commits(catalogue);

        catalogue.Write(batch);

        Assert.Equal(before + 1, Commits(catalogue));
    }

    [Fact]
    public void Write_AllRowsAreRefused_AreDeadLetters()
    {
        using var catalogue = new TestCatalogue($"CREATE TABLE movies (id TEXT, palette_json INT) STRICT; {Rows}");

        BatchResult result = catalogue.Write(Palettes(catalogue));

        Assert.Equal(new BatchResult { DeadLetters = 5, Rejected = 5 }, result);
    }

    [Fact]
    public void Write_PaletteThatMayComeOnce_IsWrittenOnce()
    {
        using var catalogue = new TestCatalogue($"CREATE TABLE movies (id TEXT, palette_json TEXT UNIQUE); {Rows}");
        IReadOnlyList<Movie> movies = catalogue.Missing();

        BatchResult result = catalogue.Write([.. movies.Select(movie => new Item<Palette>(movie, Movies.PaletteOf(1)))]);

        Assert.Equal(new BatchResult { Written = 1, DeadLetters = 4, Rejected = 4 }, result);
        Assert.Equal(["a"], catalogue.Query("SELECT id FROM movies WHERE palette_json IS NOT NULL").Select(row => row[0]));
    }

    [Fact]
    public void Write_RefusalAmongOtherOutcomes_LeavesThemAsTheyAre()
    {
        using var catalogue = new TestCatalogue(WithTrigger("BEFORE", "SELECT RAISE(ROLLBACK, 'refused')"));
        Item<Palette>[] batch = Palettes(catalogue);
        batch[0] = batch[0].Failed<Palette>(new Failure("decode", FailureReason.Corrupt, "It is damaged.", Version));
        batch[3] = batch[3].Skipped<Palette>(Version);
        catalogue.Execute("UPDATE movies SET palette_json = '[[9, 9, 9]]' WHERE id = 'e'");

        BatchResult result = catalogue.Write(batch);

        Assert.Equal(new BatchResult { Written = 1, DeadLetters = 2, Superseded = 1, Skipped = 1, Rejected = 1 }, result);
        Assert.Equal(
            [["a", "corrupt"], ["c", "rejected"]],
            catalogue.Query("SELECT movie_id, reason FROM etl_dead_letters ORDER BY movie_id"));
    }

    [Fact]
    public void Write_RefusedBefore_StandsUntilTheCoverChangesOrARetryIsAskedFor()
    {
        using var catalogue = new TestCatalogue(WithTrigger("BEFORE", "SELECT RAISE(ABORT, 'refused')"));
        catalogue.Write(Palettes(catalogue));

        DeadLetter previous = Assert.Single(catalogue.Missing()).Previous!;

        Assert.Equal(new DeadLetter(FailureReason.Rejected, Attempts: 1, Version, "write", catalogue.Clock.GetUtcNow()), previous);
        Assert.True(previous.StandsFor(Version));
        Assert.False(previous.StandsFor(Version with { Size = 43 }));
        Assert.False((previous with { Attempts = 0 }).StandsFor(Version));
    }

    [Fact]
    public void Write_RefusedBeforeAndTakenNow_RemovesTheDeadLetter()
    {
        using var catalogue = new TestCatalogue(WithTrigger("BEFORE", "SELECT RAISE(ABORT, 'refused')"));
        catalogue.Write(Palettes(catalogue));
        catalogue.Execute("DROP TRIGGER refuse");

        BatchResult result = catalogue.Write(Palettes(catalogue));

        Assert.Equal(new BatchResult { Written = 1 }, result);
        Assert.Empty(catalogue.Query("SELECT * FROM etl_dead_letters"));
    }

    [Theory]
    [InlineData("BEFORE INSERT")]
    [InlineData("AFTER INSERT")]
    public void Write_DeadLetterIsRefused_EndsTheRunAndLeavesNothingOfTheBatch(string when)
    {
        using var catalogue = new TestCatalogue(WithTrigger("BEFORE", "SELECT RAISE(ABORT, 'refused')"));
        Item<Palette>[] batch = Palettes(catalogue);
        catalogue.Write(new Item<Palette>(batch[0].Movie, default, null, new Failure("decode", FailureReason.Corrupt, "It is damaged.", null)));
        catalogue.Execute($"CREATE TRIGGER no {when} ON etl_dead_letters BEGIN SELECT RAISE(ABORT, 'no letters'); END");

        var error = Assert.Throws<CatalogueException>(() => catalogue.Write(batch));

        Assert.Contains("no letters", error.Message, StringComparison.Ordinal);
        Assert.Equal(5, catalogue.Missing().Count);
    }

    private static Item<Palette>[] Palettes(TestCatalogue catalogue) =>
        [.. catalogue.Missing().Select((movie, i) => new Item<Palette>(movie, Movies.PaletteOf(i), Version))];

    /// <summary>The file change counter of the database's header, which a commit with a rollback journal raises by one.</summary>
    private static int Commits(TestCatalogue catalogue) =>
        BinaryPrimitives.ReadInt32BigEndian(File.ReadAllBytes(catalogue.Options.Query.Database).AsSpan(24));

    private static string WithTrigger(string when, string statement) =>
        $"{TestCatalogue.Movies}; {Rows}; CREATE TRIGGER refuse {when} UPDATE ON movies WHEN new.id = 'c' BEGIN {statement}; END";
}
