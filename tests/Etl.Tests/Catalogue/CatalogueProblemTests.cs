using PaletteEtl.Catalogue;

namespace Etl.Tests.Catalogue;

public sealed class CatalogueProblemTests
{
    [Theory]
    [InlineData("CREATE TABLE films (id)", "has no table movies. Set Etl:Query:Table.")]
    [InlineData("CREATE TABLE t (id, palette_json); CREATE VIEW movies AS SELECT * FROM t", "is a view")]
    [InlineData("CREATE TABLE movies (imdb, palette_json)", "has no column id, only imdb, palette_json. Set Etl:Query:IdColumn.")]
    [InlineData("CREATE TABLE movies (id, colours)", "has no column palette_json, only id, colours. Set Etl:Query:PaletteColumn.")]
    [InlineData("CREATE TABLE movies (id, palette_json, rowid, _rowid_, oid)", "its rows cannot be addressed")]
    public void ReadMissing_TableCannotBeUsed_SaysWhatAndHowToMendIt(string sql, string message)
    {
        using var catalogue = new TestCatalogue(sql);

        var error = Assert.Throws<CatalogueException>(catalogue.Missing);

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadMissing_NoFile_SaysSoAndMakesNone()
    {
        using var catalogue = new TestCatalogue();
        catalogue.Options.Query.Database = catalogue.Folder["none.db"];

        var error = Assert.Throws<CatalogueException>(catalogue.Missing);

        Assert.Contains("none.db does not exist. Set Etl:Query:Database.", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(catalogue.Options.Query.Database));
    }

    [Fact]
    public void ReadMissing_TableBesideIsDamaged_SaysSo()
    {
        using var catalogue = new TestCatalogue("CREATE TABLE movies (id, palette_json); CREATE TABLE etl_dead_letters (cover_etag); CREATE TABLE etl_schema (version)");
        long page = (long)catalogue.Scalar("SELECT rootpage - 1 FROM sqlite_schema WHERE name = 'etl_schema'")!;
        byte[] file = File.ReadAllBytes(catalogue.Options.Query.Database);
        file.AsSpan((int)page * 4_096, 4_096).Fill(0xA5);
        File.WriteAllBytes(catalogue.Options.Query.Database, file);

        var error = Assert.Throws<CatalogueException>(catalogue.Missing);

        Assert.Contains("is damaged (", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadMissing_FileIsNoDatabase_SaysSo()
    {
        using var catalogue = new TestCatalogue();
        catalogue.Options.Query.Database = catalogue.Folder.Write("text.db", new byte[4_096].Select(_ => (byte)'x').ToArray());

        var error = Assert.Throws<CatalogueException>(catalogue.Missing);

        Assert.Contains("is not a SQLite database", error.Message, StringComparison.Ordinal);
    }
}
