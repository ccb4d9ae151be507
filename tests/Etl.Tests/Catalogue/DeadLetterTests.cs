using PaletteEtl.Catalogue;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Tests.Catalogue;

public sealed class DeadLetterTests
{
    private const string Letters = "SELECT * FROM etl_dead_letters ORDER BY movie_id";

    private static readonly Palette Some = new(new Rgb(1, 2, 3));

    private static readonly CoverVersion Version = new(
        Size: 42, new DateTimeOffset(2025, 12, 31, 23, 59, 58, 123, TimeSpan.Zero), "\"tag\"");

    [Fact]
    public void Write_Failure_StoresAllThatReplayingNeeds()
    {
        using TestCatalogue catalogue = New("'0114709'");

        BatchResult result = catalogue.Write(Failed(catalogue.Missing()[0], FailureReason.Corrupt, "It is damaged."));

        Assert.Equal(new BatchResult { DeadLetters = 1 }, result);
        Assert.Equal(
            [[
                "0114709", "decode", "corrupt", "It is damaged.", 1L, "2026-01-02T03:04:05.0000000Z",
                "2026-01-02T03:04:05.0000000Z", 42L, "2025-12-31T23:59:58.1230000Z", "\"tag\"",
            ]],
            catalogue.Query(Letters));
        Assert.Null(catalogue.Scalar("SELECT palette_json FROM movies"));
    }

    [Fact]
    public void Write_FailsAgain_CountsTheAttemptAndKeepsTheFirstTime()
    {
        using TestCatalogue catalogue = New("'a'");

        catalogue.Write(Failed(catalogue.Missing()[0], FailureReason.NotFound, "first"));
        catalogue.Clock.Advance(TimeSpan.FromHours(1));
        catalogue.Write(Failed(catalogue.Missing()[0], FailureReason.Corrupt, "second"));

        object?[] letter = Assert.Single(catalogue.Query(Letters));
        Assert.Equal(
            ["a", "decode", "corrupt", "second", 2L, "2026-01-02T03:04:05.0000000Z", "2026-01-02T04:04:05.0000000Z"],
            letter[..7]);
    }

    [Fact]
    public void Write_SucceedsLater_RemovesTheDeadLetter()
    {
        using TestCatalogue catalogue = New("'a'");
        catalogue.Write(Failed(catalogue.Missing()[0], FailureReason.Timeout, "It took too long."));

        catalogue.Write(new Item<Palette>(catalogue.Missing()[0], Some));

        Assert.Empty(catalogue.Query(Letters));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Write_PaletteFilledMeanwhile_IsSupersededAndRemovesTheDeadLetter(bool failsAgain)
    {
        using TestCatalogue catalogue = New("'a'");
        catalogue.Write(Failed(catalogue.Missing()[0], FailureReason.Timeout, "It took too long."));
        Movie movie = catalogue.Missing()[0];
        catalogue.Execute("UPDATE movies SET palette_json = '[[9, 9, 9]]'");

        BatchResult result = catalogue.Write(
            failsAgain ? Failed(movie, FailureReason.Timeout, "again") : new Item<Palette>(movie, Some));

        Assert.Equal(new BatchResult { Superseded = 1 }, result);
        Assert.Empty(catalogue.Query(Letters));
        Assert.Equal("[[9, 9, 9]]", catalogue.Scalar("SELECT palette_json FROM movies"));
    }

    [Fact]
    public void Write_NullIds_AreStoredOnce()
    {
        using TestCatalogue catalogue = New("NULL");

        catalogue.Write(Failed(catalogue.Missing()[0], FailureReason.InvalidId, "first"));
        catalogue.Write(Failed(catalogue.Missing()[0], FailureReason.InvalidId, "second"));

        object?[] letter = Assert.Single(catalogue.Query(Letters));
        Assert.Equal((null, 2L), (letter[0], letter[4]));
    }

    [Fact]
    public void Write_IdsOfAnotherType_AreOtherMovies()
    {
        using var catalogue = new TestCatalogue("""
            CREATE TABLE movies (id, palette_json TEXT);
            INSERT INTO movies (id) VALUES (1), ('1'), ('01');
            """);

        catalogue.Write([.. catalogue.Missing().Select(movie => Failed(movie, FailureReason.NotFound, "There is none."))]);

        Assert.Equal([1L, "01", "1"], catalogue.Query(Letters).Select(letter => letter[0]));
    }

    [Fact]
    public void Write_CoverHasNotChanged_ChangesNothing()
    {
        using TestCatalogue catalogue = New("'a'");
        catalogue.Write(Failed(catalogue.Missing()[0], FailureReason.Corrupt, "It is damaged."));
        IReadOnlyList<object?[]> before = catalogue.Query(Letters);
        catalogue.Clock.Advance(TimeSpan.FromHours(1));

        BatchResult result = catalogue.Write(
            new Item<Palette>(catalogue.Missing()[0], default).Skipped<Palette>(Version));

        Assert.Equal(new BatchResult { Skipped = 1 }, result);
        Assert.Equal(before, catalogue.Query(Letters));
    }

    [Fact]
    public void Read_StoredVersion_EqualsTheOneThatFailed()
    {
        using TestCatalogue catalogue = New("'a'");
        catalogue.Write(Failed(catalogue.Missing()[0], FailureReason.Corrupt, "It is damaged."));

        DeadLetter previous = catalogue.Missing()[0].Previous!;

        Assert.Equal(new DeadLetter(FailureReason.Corrupt, 1, Version, "decode", catalogue.Clock.GetUtcNow()), previous);
        Assert.True(previous.Stands);
    }

    [Fact]
    public void Read_FailedWithoutAVersion_HasNone()
    {
        using TestCatalogue catalogue = New("'a'");
        catalogue.Write(new Item<Palette>(
            catalogue.Missing()[0], default, null, new Failure("write", FailureReason.Rejected, "It was refused.", Version: null)));

        Assert.Equal(new DeadLetter(FailureReason.Rejected, 1, Version: null, "write", catalogue.Clock.GetUtcNow()), catalogue.Missing()[0].Previous);
    }

    [Fact]
    public void Read_ReasonOfAnotherVersion_IsTriedAgain()
    {
        using TestCatalogue catalogue = New("'a'");
        catalogue.Write(Failed(catalogue.Missing()[0], FailureReason.Corrupt, "It is damaged."));
        catalogue.Execute("UPDATE etl_dead_letters SET reason = 'haunted'");

        Assert.False(catalogue.Missing()[0].Previous!.Stands);
    }

    [Fact]
    public void Write_TableOfANewerVersion_IsRefused()
    {
        using TestCatalogue catalogue = New("'a'");
        catalogue.Write(Failed(catalogue.Missing()[0], FailureReason.Corrupt, "It is damaged."));
        catalogue.Execute("UPDATE etl_schema SET version = version + 1");

        Assert.Throws<CatalogueException>(catalogue.Missing);
    }

    private static TestCatalogue New(string id) => new($"{TestCatalogue.Movies}; INSERT INTO movies (id) VALUES ({id})");

    private static Item<Palette> Failed(Movie movie, FailureReason reason, string message) =>
        new(movie, default, Version, new Failure("decode", reason, message, Version));
}
