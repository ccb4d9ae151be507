using PaletteEtl.Catalogue;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Tests.Catalogue;

/// <summary>The rows of palettes that were made of damaged covers, from their writing to their end.</summary>
public sealed class DamagedCoverTests
{
    private const string Rows = "SELECT movie_id FROM etl_damaged ORDER BY movie_id";
    private const string Damage = "The cover is a damaged JPEG.";

    private static readonly Palette Some = new(new Rgb(1, 2, 3));
    private static readonly Palette Other = new(new Rgb(4, 5, 6));

    private static readonly CoverVersion Version = new(
        Size: 42, new DateTimeOffset(2025, 12, 31, 23, 59, 58, 123, TimeSpan.Zero), "\"tag\"");

    [Fact]
    public void Write_DamagedCover_StoresThePaletteAndTheDamage()
    {
        using TestCatalogue catalogue = New("'0114709'");

        BatchResult result = catalogue.Write(Damaged(catalogue.Missing()[0]));

        Assert.Equal(new BatchResult { Written = 1, Damaged = 1 }, result);
        Assert.Equal("[[1, 2, 3]]", catalogue.Scalar("SELECT palette_json FROM movies"));
        Assert.Equal(
            [["0114709", Damage, "2026-01-02T03:04:05.0000000Z", "[[1, 2, 3]]", 42L, "2025-12-31T23:59:58.1230000Z", "\"tag\""]],
            catalogue.Query("SELECT movie_id, message, at, palette, cover_size, cover_mtime, cover_etag FROM etl_damaged"));
    }

    [Fact]
    public void Write_WholeCover_MakesNoTable()
    {
        using TestCatalogue catalogue = New("'a'");

        catalogue.Write(new Item<Palette>(catalogue.Missing()[0], Some));

        Assert.Empty(catalogue.Query("SELECT name FROM sqlite_schema WHERE name = 'etl_damaged'"));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void Write_PaletteIsMadeAnew_KeepsTheRowWhenStillDamaged(bool isDamaged, int rows)
    {
        using TestCatalogue catalogue = New("'a'");
        catalogue.Write(Damaged(catalogue.Missing()[0]));
        catalogue.Execute("UPDATE movies SET palette_json = ''");
        catalogue.Clock.Advance(TimeSpan.FromHours(1));

        catalogue.Write(new Item<Palette>(catalogue.Missing()[0], Other) { Damage = isDamaged ? "again" : null });

        IReadOnlyList<object?[]> left = catalogue.Query("SELECT message, at, palette, cover_size FROM etl_damaged");
        Assert.Equal(rows, left.Count);
        Assert.All(left, row => Assert.Equal(["again", "2026-01-02T04:04:05.0000000Z", "[[4, 5, 6]]", null], row));
    }

    [Fact]
    public void Write_CoverFailsLater_RemovesTheRow()
    {
        using TestCatalogue catalogue = New("'a'");
        catalogue.Write(Damaged(catalogue.Missing()[0]));
        catalogue.Execute("UPDATE movies SET palette_json = NULL");

        catalogue.Write(new Item<Palette>(
            catalogue.Missing()[0], default, Version, new Failure("decode", FailureReason.Corrupt, Damage, Version)));

        Assert.Empty(catalogue.Query(Rows));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Write_PaletteFilledMeanwhile_LeavesTheRowsAsTheyAre(bool isDamaged)
    {
        using TestCatalogue catalogue = New("'a'), ('b'");
        catalogue.Write(Damaged(catalogue.Missing()[0]));
        Movie read = catalogue.Missing()[0] with { Key = new RowKey(1), Id = new MovieId("a") };

        BatchResult result = catalogue.Write(new Item<Palette>(read, Other) { Damage = isDamaged ? "again" : null });

        Assert.Equal(new BatchResult { Superseded = 1 }, result);
        Assert.Equal([["a", Damage]], catalogue.Query("SELECT movie_id, message FROM etl_damaged"));
    }

    [Theory]
    [InlineData("ABORT")]
    [InlineData("FAIL")]
    [InlineData("ROLLBACK")]
    public void Write_PaletteIsRefused_StoresNoDamage(string raise)
    {
        using TestCatalogue catalogue = New("'a'), ('b'), ('c'");
        catalogue.Execute($"CREATE TRIGGER refuse AFTER UPDATE ON movies BEGIN SELECT RAISE({raise}, 'refused') WHERE new.id = 'b'; END");

        BatchResult result = catalogue.Write([.. catalogue.Missing().Select(Damaged)]);

        Assert.Equal(new BatchResult { Written = 2, DeadLetters = 1, Rejected = 1, Damaged = 2 }, result);
        Assert.Equal(["a", "c"], catalogue.Query(Rows).Select(row => row[0]));
    }

    [Fact]
    public void Write_DamageCannotBeStored_WritesNothingOfTheBatch()
    {
        using TestCatalogue catalogue = New("'a'), ('b'");
        catalogue.Execute("""
            CREATE TABLE etl_damaged (movie_id PRIMARY KEY, message, at, palette, cover_size CHECK (cover_size < 42), cover_mtime, cover_etag)
            """);
        IReadOnlyList<Movie> movies = catalogue.Missing();

        Assert.Throws<CatalogueException>(() => catalogue.Write(new Item<Palette>(movies[0], Some), Damaged(movies[1])));

        Assert.Equal(2, catalogue.Missing().Count);
        Assert.Empty(catalogue.Query(Rows));
    }

    [Fact]
    public void Apply_Reset_RemovesTheRowsOfEmptiedPalettes()
    {
        using TestCatalogue catalogue = New("'a'), ('b'");
        catalogue.Write([.. catalogue.Missing().Select(Damaged)]);

        catalogue.Catalogue.Palettes.Reset(ResetSelection.Of(["a"]));

        Assert.Equal(["b"], catalogue.Query(Rows).Select(row => row[0]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    public void Apply_ResetOfDamaged_EmptiesExactlyThePalettesWrittenThen(int pageSize)
    {
        using TestCatalogue catalogue = New("'a'), ('b'), ('c'), ('1'");
        IReadOnlyList<Movie> movies = catalogue.Missing();
        catalogue.Write(Damaged(movies[0]), Damaged(movies[1]), new Item<Palette>(movies[2], Some), Damaged(movies[3]));
        catalogue.Execute("UPDATE movies SET palette_json = '[[9, 9, 9]]' WHERE id = 'b'"); // by another program
        catalogue.Options.Query.PageSize = pageSize;

        ResetResult result = catalogue.Catalogue.Palettes.Reset(ResetSelection.Damaged);

        Assert.Equal(2, result.Palettes);
        Assert.Equal(["a", "1"], catalogue.Missing().Select(movie => movie.Id.ToString()));
        Assert.Equal(["b"], catalogue.Query(Rows).Select(row => row[0]));
    }

    [Fact]
    public void Apply_ResetOfDamagedWithoutTheTable_EmptiesNothing()
    {
        using TestCatalogue catalogue = New("'a'");
        catalogue.Write(new Item<Palette>(catalogue.Missing()[0], Some));

        Assert.Equal(0, catalogue.Catalogue.Palettes.Reset(ResetSelection.Damaged).Palettes);
    }

    [Fact]
    public void PruneDamaged_SomeMoviesGone_DeletesTheirsOnly()
    {
        using TestCatalogue catalogue = New("'a'), ('b'), ('c'");
        catalogue.Write([.. catalogue.Missing().Select(Damaged)]);
        catalogue.Execute("DELETE FROM movies WHERE id <> 'b'");

        Assert.Equal(2, catalogue.Catalogue.DamagedPalettes.Prune());

        Assert.Equal(["b"], catalogue.Query(Rows).Select(row => row[0]));
    }

    private static TestCatalogue New(string ids) => new($"{TestCatalogue.Movies}; INSERT INTO movies (id) VALUES ({ids})");

    private static Item<Palette> Damaged(Movie movie) => new(movie, Some, Version) { Damage = Damage };
}
