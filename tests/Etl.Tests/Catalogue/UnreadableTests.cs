using PaletteEtl.Catalogue;

namespace Etl.Tests.Catalogue;

/// <summary>Values in place of palettes that hold none: neither missing nor done.</summary>
public sealed class UnreadableTests
{
    [Theory]
    [InlineData("'null'")]
    [InlineData("'[]'")]
    [InlineData("' [ ] '")]
    [InlineData("'{}'")]
    [InlineData("' '")]
    [InlineData("x'00FF'")]
    [InlineData("0")]
    [InlineData("'[[1,2]]'")]
    public void Read_ValueThatIsNoPalette_IsUnreadableAndCanBeEmptied(string value)
    {
        using var catalogue = new TestCatalogue(
            $"CREATE TABLE movies (id, palette_json); INSERT INTO movies VALUES (1, NULL), (2, {value}), (3, '[[1,2,3]]'), (4, '')");
        CatalogueStatus before = catalogue.Catalogue.Status.Read();

        ResetResult preview = catalogue.Catalogue.Palettes.Preview(ResetSelection.Unreadable);
        ResetResult reset = catalogue.Catalogue.Palettes.Reset(ResetSelection.Unreadable);
        CatalogueStatus after = catalogue.Catalogue.Status.Read();

        Assert.Equal((4, 2, 1, 1), (before.Movies, before.Missing, before.Unreadable, before.Done));
        Assert.Equal((1, 1), (preview.Palettes, reset.Palettes));
        Assert.Equal((4, 3, 0, 1), (after.Movies, after.Missing, after.Unreadable, after.Done));
    }

    [Fact]
    public void Reset_MostValuesAreNoPalettes_IsRefusedUnlessAllowed()
    {
        using var catalogue = new TestCatalogue(
            "CREATE TABLE movies (id, palette_json); INSERT INTO movies VALUES (1, 'Alien'), (2, 'Heat'), (3, '[[1,2,3]]')");

        var error = Assert.Throws<CatalogueException>(() => catalogue.Catalogue.Palettes.Reset(ResetSelection.Unreadable));

        Assert.Contains("has 2 values that are not palettes, and only 1 palettes, so nothing was emptied.", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, catalogue.Catalogue.Status.Read().Unreadable);
        catalogue.Options.Query.AllowForeignValues = true;
        Assert.Equal(2, catalogue.Catalogue.Palettes.Reset(ResetSelection.Unreadable).Palettes);
    }
}
