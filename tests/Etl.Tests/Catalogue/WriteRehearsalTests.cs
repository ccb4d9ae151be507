using PaletteEtl.Catalogue.Sqlite;

namespace Etl.Tests.Catalogue;

/// <summary>Schemas that no run can write to, although the table and its columns are there.</summary>
public sealed class WriteRehearsalTests
{
    private const string Movies = "CREATE TABLE movies (id, palette_json); INSERT INTO movies VALUES (1, NULL), (2, ''), (3, '[[1,2,3]]');";

    [Theory]
    [InlineData("CREATE TRIGGER audit AFTER UPDATE ON movies BEGIN SELECT levenshtein(new.palette_json, ''); END", "no such function: levenshtein, which trigger audit uses")]
    [InlineData("CREATE TRIGGER guard BEFORE UPDATE ON movies BEGIN SELECT RAISE(ABORT, 'palettes are frozen'); END", "movie 1: The database refused the palette: SQLite Error 19: 'palettes are frozen'")]
    [InlineData("CREATE TRIGGER skip BEFORE UPDATE ON movies BEGIN SELECT RAISE(IGNORE); END", "movie 1: The database ignored the palette: a trigger or a constraint skips the row")]
    [InlineData("CREATE TRIGGER log AFTER UPDATE ON movies BEGIN INSERT INTO gone VALUES (1); END", "no such table: main.gone, which trigger log uses")]
    public void Run_TriggerRefusesPalettes_NamesItAndTheCause(string trigger, string cause)
    {
        using var catalogue = new TestCatalogue($"{Movies} {trigger}");

        string? problem = WriteRehearsal.Run(catalogue.Catalogue).Problem;

        Assert.Equal(
            $"Palettes cannot be written to table movies in {catalogue.Options.Query.Database}: {cause}. Change it, or choose another table.",
            problem);
    }

    [Theory]
    [InlineData("CHECK (length(palette_json) < 9)")]
    [InlineData("CHECK (json_array_length(palette_json) = 5)")]
    public void Run_ConstraintRefusesPalettes_SaysSo(string constraint)
    {
        using var catalogue = new TestCatalogue($"CREATE TABLE movies (id, palette_json {constraint}); INSERT INTO movies VALUES (1, NULL)");

        string? problem = WriteRehearsal.Run(catalogue.Catalogue).Problem;

        Assert.Contains("movie 1: The database refused the palette: SQLite Error 19: 'CHECK constraint failed", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Movies, 2)]
    [InlineData("CREATE TABLE movies (id, palette_json)", 0)]
    [InlineData("CREATE TABLE movies (id TEXT PRIMARY KEY, palette_json) WITHOUT ROWID; INSERT INTO movies VALUES ('a', '')", 1)]
    public void Run_TableThatCanBeWritten_ChangesNothing(string schema, int movies)
    {
        using var catalogue = new TestCatalogue(schema);
        long missing = catalogue.Catalogue.Status.Read().Missing;

        Assert.Equal((movies, null), (WriteRehearsal.Run(catalogue.Catalogue).Movies.Count, WriteRehearsal.Run(catalogue.Catalogue).Problem));
        Assert.Equal(missing, catalogue.Catalogue.Status.Read().Missing);
    }

    [Fact]
    public void Run_ManyMovies_WritesABoundedNumber()
    {
        using var catalogue = new TestCatalogue(
            "CREATE TABLE movies (id, palette_json); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 80) INSERT INTO movies SELECT i, NULL FROM n");

        Assert.Equal(WriteRehearsal.MaxMovies, WriteRehearsal.Run(catalogue.Catalogue).Movies.Count);
    }
}
