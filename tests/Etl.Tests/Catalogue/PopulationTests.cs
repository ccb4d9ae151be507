using PaletteEtl.Catalogue;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Tests.Catalogue;

/// <summary>The column of the colours' shares beside that of palettes.</summary>
public sealed class PopulationTests
{
    private const string Movies = "CREATE TABLE movies (id TEXT, palette_json TEXT, \"the shares\" TEXT)";
    private const string PaletteJson = "[[1, 2, 3], [4, 5, 6], [1, 2, 3]]";
    private const string SharesJson = "[0.75, 0.25, 0]";

    [Fact]
    public void Write_WithColumn_FillsBothInOneStatement()
    {
        using TestCatalogue catalogue = New($"{Movies}; INSERT INTO movies (id) VALUES ('a'), ('b')");

        catalogue.Write(new Item<Palette>(catalogue.Missing()[0], Some()));

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

        BatchResult result = catalogue.Write(new Item<Palette>(movie, Some()));

        Assert.Equal(1, result.Superseded);
        Assert.Equal([["a", "[[9, 9, 9]]", "[1]"]], catalogue.Query("SELECT * FROM movies"));
    }

    [Fact]
    public void Apply_Reset_EmptiesBoth()
    {
        using TestCatalogue catalogue = New($"{Movies}; INSERT INTO movies VALUES ('a', '{PaletteJson}', '{SharesJson}')");

        catalogue.Catalogue.Palettes.Reset(ResetSelection.All);

        Assert.Equal([["a", "", ""]], catalogue.Query("SELECT * FROM movies"));
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

    private static Palette Some()
    {
        var builder = new PaletteBuilder();
        builder.Add(new Rgb(1, 2, 3), 0.75);
        builder.Add(new Rgb(4, 5, 6), 0.25);
        builder.Add(new Rgb(1, 2, 3));
        return builder.ToPalette();
    }
}
