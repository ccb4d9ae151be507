using Microsoft.Data.Sqlite;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Hosting;
using PaletteEtl.Palettes;

namespace Etl.Tests.Catalogue;

/// <summary>Columns that hold what this program would not write.</summary>
public sealed class ForeignValuesTests
{
    private const string Numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)";

    [Theory]
    [InlineData("'Alien'")]
    [InlineData("'322259'")]
    [InlineData("322259")]
    [InlineData("1.5")]
    [InlineData("x'00FF'")]
    [InlineData("' '")]
    [InlineData("'null'")]
    [InlineData("'{}'")]
    [InlineData("'[1, 2, 3]'")]
    [InlineData("'[[1, 2]]'")]
    [InlineData("'[[1, 2, 3, 4]]'")]
    [InlineData("'[[1, 2, 257]]'")]
    [InlineData("'[[1, 2, -1]]'")]
    [InlineData("'[[1, 2, 3]'")]
    [InlineData("'[[1, 2, 3]] x'")]
    [InlineData("'[[1, 2, \"3\"]]'")]
    [InlineData("CAST(x'FF41' AS TEXT)")]
    public void Open_ValueThatIsNoPalette_IsRefused(string value)
    {
        using var catalogue = new TestCatalogue($"CREATE TABLE movies (id, palette_json); INSERT INTO movies VALUES (1, NULL), (7, {value})");

        var error = Assert.Throws<CatalogueException>(() => catalogue.Write());

        Assert.StartsWith(
            $"Column palette_json of table movies in {catalogue.Options.Query.Database} holds values that are not palettes, such as '",
            error.Message,
            StringComparison.Ordinal);
        Assert.EndsWith(
            "of movie 7, so nothing was written or emptied. Set Etl:Query:PaletteColumn to the column of palettes, "
            + "empty these values with 'etl reset --unreadable', or set Etl:Query:AllowForeignValues to true to use this one.",
            error.Message,
            StringComparison.Ordinal);
        catalogue.Options.Query.AllowForeignValues = true;
        Assert.Equal(default, catalogue.Write());
    }

    [Theory]
    [InlineData("''")]
    [InlineData("NULL")]
    [InlineData("'[]'")]
    [InlineData("'[[1, 2, 3]]'")]
    [InlineData("'[[256,0,255],[1,2,3]]'")]
    [InlineData("' [ [1 ,2,3] , [4,5,6]\n] '")]
    [InlineData("CAST('[[1, 2, 3]]' AS BLOB)")]
    [InlineData("'[[1, 2, 3]' || replace(hex(zeroblob(255)), '00', ', [4, 5, 6]') || ']'")] // 256 colours
    public void Open_ValueThatIsAPalette_IsAccepted(string value)
    {
        foreach (string encoding in (string[])["UTF-8", "UTF-16"])
        {
            using var catalogue = new TestCatalogue(
                $"PRAGMA encoding = '{encoding}'; CREATE TABLE movies (id, palette_json); INSERT INTO movies SELECT 7, {(encoding == "UTF-16" ? value.Replace("AS BLOB", "AS TEXT", StringComparison.Ordinal) : value)}");

            Assert.Equal(default, catalogue.Write());
        }
    }

    [Theory]
    [InlineData("SELECT i, NULL FROM n", "UPDATE movies SET palette_json = 'x' WHERE id = 1")]
    [InlineData("SELECT i, NULL FROM n", "UPDATE movies SET palette_json = 'x' WHERE id = 20000")]
    [InlineData("SELECT i, NULL FROM n", "UPDATE movies SET palette_json = 'x' WHERE id BETWEEN 9000 AND 10000")]
    [InlineData("SELECT i, '[[1, 2, 3]]' FROM n", "INSERT INTO movies (rowid, id, palette_json) VALUES (9223372036854775807, 0, 'x')")]
    [InlineData("SELECT i, '[[1, 2, 3]]' FROM n", "INSERT INTO movies (rowid, id, palette_json) VALUES (-9223372036854775808, 0, 'x')")]
    public void Open_LargeTableWithSomeForeignValues_FindsThemAtBothEndsAndBetween(string rows, string change)
    {
        using var catalogue = new TestCatalogue($"CREATE TABLE movies (id, palette_json); {Numbers} INSERT INTO movies {rows}; {change}");

        Assert.Throws<CatalogueException>(() => catalogue.Write());
    }

    [Fact]
    public void ThrowIfAny_LargeTable_ReadsABoundedNumberOfRows()
    {
        using var catalogue = new TestCatalogue(
            $"CREATE TABLE movies (id, palette_json); {Numbers} INSERT INTO movies SELECT i, '[[1, 2, 3]]' FROM n; "
            + "INSERT INTO movies SELECT * FROM movies; INSERT INTO movies SELECT * FROM movies");
        using SqliteConnection connection = catalogue.Connect();
        var table = CatalogueTable.Inspect(connection, catalogue.Options.Catalogue);
        int steps = 0;
        SQLitePCL.raw.sqlite3_progress_handler(connection.Handle, 100, _ => { steps += 100; return 0; }, null);

        ForeignValues.ThrowIfAny(connection, table, catalogue.Options.Catalogue);

        Assert.InRange(steps, 2_500, 80_000); // of 80,000 rows
    }

    [Fact]
    public void Open_TableWithoutRowid_IsCheckedAtBothEnds()
    {
        using var catalogue = new TestCatalogue($"""
            CREATE TABLE movies (id INTEGER, part TEXT, palette_json TEXT, PRIMARY KEY (part, id)) WITHOUT ROWID;
            {Numbers} INSERT INTO movies SELECT i, 'a', '' FROM n;
            INSERT INTO movies VALUES (1, 'b', 'Alien');
            """);

        Assert.Throws<CatalogueException>(() => catalogue.Write());
    }

    [Theory]
    [InlineData("'Alien'")]
    [InlineData("'[2]'")]
    [InlineData("'[[1, 2, 3]]'")]
    public void Open_PopulationColumnWithOtherValues_IsRefused(string value)
    {
        using var catalogue = new TestCatalogue($"{TestCatalogue.Movies}; INSERT INTO movies VALUES ('a', {value}, NULL)");
        catalogue.Options.Quantize.PopulationColumn = "title";

        var error = Assert.Throws<CatalogueException>(() => catalogue.Write());

        Assert.Contains("Column title of table movies", error.Message, StringComparison.Ordinal);
        Assert.Contains("not shares", error.Message, StringComparison.Ordinal);
        Assert.Contains("Set Etl:Quantize:PopulationColumn", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ValueWithLineBreaks_IsShownOnOneShortLine()
    {
        using var catalogue = new TestCatalogue($"{TestCatalogue.Movies}; INSERT INTO movies VALUES ('a', NULL, 'one' || char(10, 27) || '{new string('y', 100)}')");

        var error = Assert.Throws<CatalogueException>(() => catalogue.Write());

        Assert.DoesNotContain(error.Message, char.IsControl);
        Assert.Contains($"such as 'one  {new string('y', 35)}…' of movie a", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CREATE TABLE movies (id TEXT, palette_json TEXT PRIMARY KEY)")]
    [InlineData("CREATE TABLE movies (id TEXT, PALETTE_JSON INTEGER PRIMARY KEY)")]
    [InlineData("CREATE TABLE movies (id TEXT, palette_json TEXT, PRIMARY KEY (id, palette_json)) WITHOUT ROWID")]
    public void Open_PaletteColumnInThePrimaryKey_IsRefused(string sql)
    {
        using var catalogue = new TestCatalogue(sql);

        Assert.Contains(
            "is part of the primary key, so that nothing can be written to it. Set Etl:Query:PaletteColumn.",
            Assert.Throws<CatalogueException>(catalogue.Missing).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id", "ID", null, "Etl:Query:PaletteColumn")]
    [InlineData("Id", "iD", null, "Etl:Query:PaletteColumn")]
    [InlineData("id", "palette", "PALETTE", "Etl:Quantize:PopulationColumn")]
    [InlineData("id", "palette", "Id", "Etl:Quantize:PopulationColumn")]
    [InlineData("é", "É", null, null)] // two columns for SQLite
    [InlineData("id", "palette", "shares", null)]
    public void Validate_ColumnsThatAreTheSame_AreRefused(string id, string palette, string? population, string? option)
    {
        var options = new EtlOptions { Query = { IdColumn = id, PaletteColumn = palette } };
        options.Quantize.Algorithm = QuantizeAlgorithm.Oklab;
        options.Quantize.PopulationColumn = population;

        IEnumerable<string> problems = new EtlOptionsConsistency().Validate(null, options).Failures ?? [];

        Assert.Equal(option is null ? [] : [$"{option} must be another column"], problems.Select(problem => problem[..(problem.IndexOf("column ", StringComparison.Ordinal) + 6)]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Apply_SomeValuesAreForeign_EmptiesNothingUnlessAllowed(bool allowed)
    {
        using var catalogue = new TestCatalogue($"""
            {TestCatalogue.Movies};
            {Numbers} INSERT INTO movies SELECT i, 'x', '[[1, 2, 3]]' FROM n WHERE i <= 3000;
            UPDATE movies SET palette_json = 'mine' WHERE id = '2500';
            """);
        catalogue.Options.Query.AllowForeignValues = allowed;

        CatalogueException? error = Record.Exception(() => Reset(catalogue, ResetSelection.All)) as CatalogueException;

        Assert.Equal(allowed, error is null);
        Assert.Equal(allowed ? 3_000L : 0, catalogue.Scalar("SELECT count(*) FROM movies WHERE palette_json = ''"));
    }

    [Fact]
    public void Apply_ForeignValueIsNotSelected_IsLeftAlone()
    {
        using var catalogue = new TestCatalogue(
            $"{TestCatalogue.Movies}; INSERT INTO movies VALUES ('1', 'x', '[[1, 2, 3]]'), ('2', 'x', '[[1, 2, 3]]'), ('3', 'x', 'mine')");

        long emptied = Reset(catalogue, ResetSelection.First(1)).Palettes + Reset(catalogue, ResetSelection.Of(["2"])).Palettes;

        Assert.Equal(2, emptied);
        Assert.Throws<CatalogueException>(() => Reset(catalogue, ResetSelection.Of(["3"])));
        Assert.Equal("mine", catalogue.Scalar("SELECT palette_json FROM movies WHERE id = '3'"));
    }

    [Fact]
    public void Apply_AnotherProgramWritesAForeignValueMeanwhile_IsLeftAlone()
    {
        using var catalogue = new TestCatalogue($"""
            {TestCatalogue.Movies};
            INSERT INTO movies VALUES ('1', 'x', '[[1, 2, 3]]'), ('2', 'x', '[[1, 2, 3]]');
            CREATE TRIGGER other AFTER UPDATE ON movies WHEN new.id = '1' BEGIN UPDATE movies SET palette_json = 'mine' WHERE id = '2'; END;
            """);

        Assert.Equal(1, Reset(catalogue, ResetSelection.All).Palettes);

        Assert.Equal([["", "mine"]], catalogue.Query("SELECT min(palette_json), max(palette_json) FROM movies"));
    }

    [Fact]
    public void Apply_RowReplacedMeanwhile_IsEmptiedUnderItsNewKey()
    {
        using var catalogue = new TestCatalogue("""
            CREATE TABLE movies (id TEXT UNIQUE, palette_json TEXT);
            INSERT INTO movies VALUES ('1', '[[1, 2, 3]]'), ('2', '[[1, 2, 3]]'), ('3', '[[1, 2, 3]]');
            CREATE TRIGGER other AFTER UPDATE ON movies WHEN new.id = '1' BEGIN REPLACE INTO movies VALUES ('2', '[[4, 5, 6]]'); END;
            """);

        Assert.Equal(3, Reset(catalogue, ResetSelection.All).Palettes);

        Assert.Equal(3L, catalogue.Scalar("SELECT count(*) FROM movies WHERE palette_json = ''"));
    }

    [Fact]
    public void Apply_PopulationColumnWithOtherValues_EmptiesNothing()
    {
        using var catalogue = new TestCatalogue($"{TestCatalogue.Movies}; INSERT INTO movies VALUES ('1', NULL, '[[1, 2, 3]]'), ('2', 'Alien', '[[1, 2, 3]]')");
        catalogue.Options.Quantize.PopulationColumn = "title";

        Assert.Throws<CatalogueException>(() => Reset(catalogue, ResetSelection.All));

        Assert.Equal(2L, catalogue.Scalar("SELECT count(*) FROM movies WHERE palette_json <> ''"));
    }

    private static ResetResult Reset(TestCatalogue catalogue, ResetSelection selection) => catalogue.Catalogue.Palettes.Reset(selection);
}
