using PaletteEtl.Covers;
using PaletteEtl.Hosting;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Tests.Catalogue;

/// <summary>The rows of what palettes were made from.</summary>
public sealed class ProvenanceTests
{
    private const string Rows =
        """
        SELECT movie_id, s.settings, lower(hex(cover_hash)), cover_size, cover_mtime, cover_etag, at
        FROM etl_provenance AS p JOIN etl_settings AS s ON s.id = p.settings ORDER BY movie_id
        """;

    private const string Default = "ColorThief/1 colors=6 step=10 scale=full";
    private const long Written = 1_767_323_045; // 2026-01-02T03:04:05Z

    private static readonly Palette Some = new(new Rgb(1, 2, 3));
    private static readonly UInt128 Content = new(0x0123456789ABCDEF, 0x1122334455667788);

    private static readonly CoverVersion Version = new(
        Size: 42, new DateTimeOffset(2025, 12, 31, 23, 59, 58, 123, TimeSpan.Zero), "\"tag\"");

    [Fact]
    public void Write_Palette_StoresWhatItWasMadeFrom()
    {
        using var catalogue = new TestCatalogue($"{TestCatalogue.Movies}; INSERT INTO movies (id) VALUES ('a')");

        catalogue.Write(new Item<Palette>(catalogue.Missing()[0], Some, Version) { Content = Content });

        Assert.Equal(
            [["a", Default, "0123456789abcdef1122334455667788", 42L, Version.Modified!.Value.UtcTicks, "\"tag\"", Written]],
            catalogue.Query(Rows));
    }

    [Theory]
    [InlineData("integer", "5", 5L)]
    [InlineData("text", "'tt5'", "tt5")]
    [InlineData("real", "5.5", 5.5)]
    public void Write_IdOfAnyType_KeepsItsType(string type, string id, object expected)
    {
        using var catalogue = new TestCatalogue($"CREATE TABLE movies (id, palette_json); INSERT INTO movies (id) VALUES ({id})");

        catalogue.Write(new Item<Palette>(catalogue.Missing()[0], Some));

        Assert.Equal([[expected, type, null, null, null, null]], catalogue.Query(
            "SELECT movie_id, typeof(movie_id), cover_hash, cover_size, cover_mtime, cover_etag FROM etl_provenance"));
    }

    [Fact]
    public void Write_IdIsNull_StoresThePaletteAlone()
    {
        using var catalogue = new TestCatalogue("CREATE TABLE movies (id, palette_json); INSERT INTO movies (id) VALUES (NULL)");

        BatchResult result = catalogue.Write(new Item<Palette>(catalogue.Missing()[0], Some));

        Assert.Equal(1, result.Written);
        Assert.Empty(catalogue.Query(Rows));
    }

    [Fact]
    public void Write_Off_MakesNoTable()
    {
        using var catalogue = new TestCatalogue($"{TestCatalogue.Movies}; INSERT INTO movies (id) VALUES ('a')");
        catalogue.Options.Write.Provenance = false;

        catalogue.Write(new Item<Palette>(catalogue.Missing()[0], Some, Version) { Content = Content });

        Assert.Equal(["movies"], catalogue.Query("SELECT name FROM sqlite_schema").Select(static row => row[0]));
    }

    [Fact]
    public void Write_MadeAnewWithOtherSettings_ReplacesTheRow()
    {
        using var catalogue = new TestCatalogue($"{TestCatalogue.Movies}; INSERT INTO movies (id) VALUES ('a'), ('b')");
        catalogue.Write([.. catalogue.Missing().Select(static movie => new Item<Palette>(movie, Some, Version))]);
        catalogue.Execute("UPDATE movies SET palette_json = '' WHERE id = 'b'");
        catalogue.Options.Quantize.ColorCount = 7;
        catalogue.Clock.Advance(TimeSpan.FromSeconds(9));

        catalogue.Write(new Item<Palette>(catalogue.Missing()[0], Some, Version with { Size = 43 }));

        Assert.Equal(
            [("a", Default, 42L, Written), ("b", "ColorThief/1 colors=7 step=10 scale=full", 43L, Written + 9)],
            catalogue.Query(Rows).Select(static row => ((string)row[0]!, (string)row[1]!, (long)row[3]!, (long)row[6]!)));
    }

    [Theory]
    [InlineData("UPDATE movies SET palette_json = '[[9, 9, 9]]'")] // another program was first
    [InlineData("CREATE TRIGGER no BEFORE UPDATE ON movies BEGIN SELECT RAISE(ABORT, 'no'); END")]
    [InlineData("DELETE FROM movies")]
    public void Write_PaletteIsNotStored_NeitherIsItsProvenance(string change)
    {
        using var catalogue = new TestCatalogue($"{TestCatalogue.Movies}; INSERT INTO movies (id) VALUES ('a')");
        Movie movie = catalogue.Missing()[0];
        catalogue.Execute(change);

        catalogue.Write(new Item<Palette>(movie, Some, Version));

        Assert.Empty(catalogue.Query(Rows));
    }

    [Fact]
    public void Prune_SomeMoviesAreGone_DeletesTheirRowsAlone()
    {
        using var catalogue = new TestCatalogue("CREATE TABLE movies (id, palette_json); INSERT INTO movies (id) VALUES (1), ('1'), (2), ('b')");
        catalogue.Write([.. catalogue.Missing().Select(static movie => new Item<Palette>(movie, Some))]);
        catalogue.Execute("DELETE FROM movies WHERE id IN (1, 'b')");

        Assert.Equal(2, catalogue.Catalogue.Provenance.Prune());
        Assert.Equal([2L, "1"], catalogue.Query(Rows).Select(static row => row[0]));
        Assert.Equal(0, catalogue.Catalogue.Provenance.Prune());
    }

    [Fact]
    public void Prune_NoTable_DeletesNothing()
    {
        using var catalogue = new TestCatalogue();

        Assert.Equal(0, catalogue.Catalogue.Provenance.Prune());
    }

    [Fact]
    public void Write_IntegerIdsAndFiles_TakesAtMost60BytesAMovie()
    {
        const int Movies = 20_000;
        using var catalogue = new TestCatalogue(
            $"""
            CREATE TABLE movies (id INTEGER PRIMARY KEY, palette_json);
            WITH RECURSIVE n(i) AS (SELECT 1000000 UNION ALL SELECT i + 1 FROM n LIMIT {Movies}) INSERT INTO movies SELECT i, NULL FROM n;
            """);
        var version = new CoverVersion(Size: 34_567, new DateTimeOffset(2025, 12, 31, 23, 59, 58, 123, TimeSpan.Zero), ETag: null);

        foreach (Movie[] batch in catalogue.Missing().Chunk(256))
        {
            catalogue.Write([.. batch.Select(movie => new Item<Palette>(movie, Some, version) { Content = Content })]);
        }

        catalogue.Execute("DROP TABLE etl_provenance"); // so that its pages are free
        long bytes = (long)catalogue.Scalar("SELECT freelist_count * page_size FROM pragma_freelist_count, pragma_page_size")!;
        Assert.InRange(bytes / (double)Movies, 40, 60);
    }

    [Fact]
    public void Settings_OptionThatChangesPalettes_IsPartOfTheText()
    {
        var text = new HashSet<string>
        {
            Of(static _ => { }),
            Of(static options => options.Quantize.ColorCount = 7),
            Of(static options => options.Decode.SampleStep = 9),
            Of(static options => options.Quantize.Algorithm = QuantizeAlgorithm.Oklab),
            Of(static options => (options.Quantize.Algorithm, options.Decode.DcReader) = (QuantizeAlgorithm.Oklab, false)),
            Of(static options => (options.Quantize.Algorithm, options.Decode.TrimFrame) = (QuantizeAlgorithm.Oklab, false)),
            Of(static options => (options.Quantize.Algorithm, options.Decode.Scale) = (QuantizeAlgorithm.Oklab, DecodeScale.Full)),
        };

        Assert.Equal(7, text.Count);
        Assert.Contains(Default, text);
        Assert.Contains("Oklab/2 colors=6 cells=6250 trim scale=auto,dc", text);
    }

    [Fact]
    public void Settings_OptionThatChangesNoPalette_IsNoPartOfTheText() => Assert.Equal(Default, Of(static options =>
    {
        options.Decode.TurboJpeg = LibraryUse.Never;
        options.Decode.DcReader = false;
        options.Decode.TrimFrame = false;
        options.Decode.Strict = true;
        options.Decode.DegreeOfParallelism = 3;
        options.Write.BatchSize = 1;
        options.Fetch.Locations = ["elsewhere/{id}.png"];
    }));

    private static string Of(Action<EtlOptions> configure)
    {
        var options = new EtlOptions();
        configure(options);
        return options.Catalogue.Settings;
    }
}
