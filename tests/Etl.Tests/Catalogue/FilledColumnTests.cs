using PaletteEtl.Catalogue;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Tests.Catalogue;

/// <summary>Columns that are filled in beside that of palettes.</summary>
public sealed class FilledColumnTests
{
    private const string Movies = "CREATE TABLE movies (id TEXT, palette_json TEXT, \"the shares\" TEXT)";
    private const string PaletteJson = "[[1, 2, 3], [4, 5, 6], [1, 2, 3]]";
    private const string SharesJson = "[0.75, 0.25, 0]";

    [Fact]
    public void Write_WithColumn_FillsBothInOneStatement()
    {
        using TestCatalogue catalogue = New($"{Movies}; INSERT INTO movies (id) VALUES ('a'), ('b')");

        catalogue.Write(Filled(catalogue.Missing()[0]));

        Assert.Equal([["a", PaletteJson, SharesJson], ["b", null, null]], catalogue.Query("SELECT * FROM movies"));
    }

    [Fact]
    public void Write_WithoutColumn_LeavesItAsItIs()
    {
        using TestCatalogue catalogue = New($"{Movies}; INSERT INTO movies (id) VALUES ('a')", column: null);

        catalogue.Write(new Item<Palette>(catalogue.Missing()[0], Some()));

        Assert.Equal([["a", PaletteJson, null]], catalogue.Query("SELECT * FROM movies"));
    }

    [Fact]
    public void Write_PaletteFilledMeanwhile_LeavesTheSharesToo()
    {
        using TestCatalogue catalogue = New($"{Movies}; INSERT INTO movies (id) VALUES ('a')");
        Movie movie = catalogue.Missing()[0];
        catalogue.Execute("UPDATE movies SET palette_json = '[[9, 9, 9]]', \"the shares\" = '[1]'");

        BatchResult result = catalogue.Write(Filled(movie));

        Assert.Equal(1, result.Superseded);
        Assert.Equal([["a", "[[9, 9, 9]]", "[1]"]], catalogue.Query("SELECT * FROM movies"));
    }

    [Fact]
    public void Apply_Reset_EmptiesBoth()
    {
        using TestCatalogue catalogue = New($"{Movies}; INSERT INTO movies VALUES ('a', '{PaletteJson}', '{SharesJson}')");

        catalogue.Catalogue.Palettes.Reset(ResetSelection.All);

        Assert.Equal([["a", "", null]], catalogue.Query("SELECT * FROM movies"));
    }

    [Fact]
    public void Apply_ResetOfAColumnThatIsNotNull_EmptiesIt()
    {
        using TestCatalogue catalogue = New(
            $"CREATE TABLE movies (id, palette_json, \"the shares\" TEXT NOT NULL); INSERT INTO movies VALUES ('a', '{PaletteJson}', '{SharesJson}')");

        catalogue.Catalogue.Palettes.Reset(ResetSelection.All);

        Assert.Equal([["a", "", ""]], catalogue.Query("SELECT * FROM movies"));
    }

    [Theory]
    [InlineData("NULL")]
    [InlineData("''")]
    public void ReadMissing_ColumnIsMissing_ReadsTheMovieWithItsPalette(string missing)
    {
        using TestCatalogue catalogue = New($"{Movies}; INSERT INTO movies VALUES ('a', '{PaletteJson}', {missing}), ('b', '{PaletteJson}', '[1]'), ('c', 'null', NULL)");

        Movie movie = Assert.Single(catalogue.Missing());

        Assert.Equal(("a", PaletteJson), (movie.Id.Text, movie.StoredPalette));
        Assert.Equal(1, catalogue.Source().CountMissing(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Write_MissingColumn_FillsItInAndLeavesThePalette()
    {
        const string Spaced = "[[1,2,3],[4,5,6],[1,2,3]]";
        using TestCatalogue catalogue = New($"{Movies}; INSERT INTO movies VALUES ('a', '{Spaced}', NULL)");
        Movie movie = catalogue.Missing()[0];

        BatchResult result = catalogue.Write(Filled(movie));

        Assert.Equal(1, result.Written);
        Assert.Equal([["a", Spaced, SharesJson]], catalogue.Query("SELECT * FROM movies"));
        Assert.Empty(catalogue.Missing());
    }

    [Fact]
    public void Write_AnotherProgramFilledTheColumn_KeepsIt()
    {
        using TestCatalogue catalogue = New($"{Movies}; INSERT INTO movies VALUES ('a', '{PaletteJson}', NULL)");
        Movie movie = catalogue.Missing()[0];
        catalogue.Execute("UPDATE movies SET \"the shares\" = '[1]'");

        catalogue.Write(Filled(movie));

        Assert.Equal([["a", PaletteJson, "[1]"]], catalogue.Query("SELECT * FROM movies"));
    }

    [Theory]
    [InlineData("UPDATE movies SET palette_json = '[[9, 9, 9]]'")]
    [InlineData("UPDATE movies SET palette_json = ''")]
    [InlineData("DELETE FROM movies")]
    public void Write_PaletteIsAnotherMeanwhile_FillsInNothing(string change)
    {
        using TestCatalogue catalogue = New($"{Movies}; INSERT INTO movies VALUES ('a', '{PaletteJson}', NULL)");
        Movie movie = catalogue.Missing()[0];
        catalogue.Execute(change);
        IReadOnlyList<object?[]> before = catalogue.Query("SELECT * FROM movies");

        BatchResult result = catalogue.Write(Filled(movie));

        Assert.Equal(1, result.Superseded);
        Assert.Equal(before, catalogue.Query("SELECT * FROM movies"));
    }

    [Fact]
    public void Write_MissingColumn_IsPartOfWhatTheRowWasMadeWith()
    {
        using TestCatalogue catalogue = New($"{Movies}; INSERT INTO movies (id) VALUES ('a')", column: null);
        catalogue.Write(new Item<Palette>(catalogue.Missing()[0], Some()));
        catalogue.Options.Quantize.PopulationColumn = "the shares";

        catalogue.Write(Filled(catalogue.Missing()[0]));

        Assert.Equal(
            [["ColorThief/1 colors=6 step=10 scale=full; population/1"]],
            catalogue.Query("SELECT s.settings FROM etl_provenance AS p JOIN etl_settings AS s ON s.id = p.settings"));
        Assert.Equal(0, catalogue.Catalogue.Provenance.CountOutdated());
        catalogue.Options.Quantize.PopulationColumn = null;
        Assert.Equal(0, catalogue.Catalogue.Provenance.CountOutdated());
        catalogue.Execute("UPDATE etl_settings SET settings = replace(settings, 'population/1', 'population/0')");
        catalogue.Options.Quantize.PopulationColumn = "the shares";
        Assert.Equal(1, catalogue.Catalogue.Provenance.CountOutdated());
    }

    [Theory]
    [InlineData("CREATE TABLE movies (id, palette_json)", "has no column the shares, only id, palette_json. Set Etl:Quantize:PopulationColumn.")]
    [InlineData("CREATE TABLE movies (id)", "has no column palette_json and no the shares, only id. Set Etl:Query:PaletteColumn and Etl:Quantize:PopulationColumn.")]
    [InlineData(
        "CREATE TABLE movies (id, palette_json, \"the shares\" AS (id))",
        "is generated, so that nothing can be written to it. Set Etl:Quantize:PopulationColumn.")]
    public void ReadMissing_ColumnCannotBeWritten_SaysWhatAndHowToMendIt(string sql, string message)
    {
        using TestCatalogue catalogue = New(sql);

        Assert.Contains(message, Assert.Throws<CatalogueException>(catalogue.Missing).Message, StringComparison.Ordinal);
    }

    private static TestCatalogue New(string sql, string? column = "the shares")
    {
        var catalogue = new TestCatalogue(sql);
        catalogue.Options.Quantize.PopulationColumn = column;
        return catalogue;
    }

    private static Item<Palette> Filled(Movie movie) => new(movie, Some()) { Columns = [new ColumnValue("the shares", SharesJson)] };

    private static Palette Some()
    {
        var builder = new PaletteBuilder();
        builder.Add(new Rgb(1, 2, 3), 0.75);
        builder.Add(new Rgb(4, 5, 6), 0.25);
        builder.Add(new Rgb(1, 2, 3));
        return builder.ToPalette();
    }
}
