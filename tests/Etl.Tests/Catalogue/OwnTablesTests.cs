using PaletteEtl.Catalogue;

namespace Etl.Tests.Catalogue;

/// <summary>Tables of other programs that have the name of one of this program's.</summary>
public sealed class OwnTablesTests
{
    private const string Movies = "CREATE TABLE movies (id, palette_json); INSERT INTO movies VALUES (1, NULL);";

    [Theory]
    [InlineData("CREATE TABLE etl_schema (name TEXT, applied_at TEXT)", "The table etl_schema in {0} belongs to another program (it has no column version), and this one needs its own table etl_schema.")]
    [InlineData("CREATE TABLE ETL_Schema (name TEXT)", "The table ETL_Schema in {0} belongs to another program (it has no column version), and this one needs its own table etl_schema.")]
    [InlineData("CREATE VIEW etl_dead_letters AS SELECT 1 AS movie_id", "The view etl_dead_letters in {0} belongs to another program (it is a view), and this one needs its own table etl_dead_letters.")]
    [InlineData("CREATE TABLE etl_damaged (movie_id, reason)", "The table etl_damaged in {0} belongs to another program (it has no column palette), and this one needs its own table etl_damaged.")]
    [InlineData("CREATE INDEX etl_catalogue ON movies (id)", "The index etl_catalogue in {0} belongs to another program (it is an index), and this one needs its own table etl_catalogue.")]
    public void Open_NameIsTaken_IsRefusedInALine(string other, string problem)
    {
        using var catalogue = new TestCatalogue(Movies + other);
        string expected = string.Format(null, problem + " Rename the other one.", catalogue.Options.Query.Database);

        Assert.Equal(expected, Assert.Throws<CatalogueException>(() => catalogue.Write()).Message);
        Assert.Equal(expected, Assert.Throws<CatalogueException>(() => catalogue.Catalogue.Status.Read()).Message);
    }

    [Fact]
    public void Open_TablesAreItsOwn_AreAccepted()
    {
        using var catalogue = new TestCatalogue(Movies);
        catalogue.WithDeadLetters("1");

        Assert.Equal(1, catalogue.Catalogue.Status.Read().Missing);
    }
}
