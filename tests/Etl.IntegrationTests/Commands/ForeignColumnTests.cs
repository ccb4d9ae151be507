namespace Etl.IntegrationTests.Commands;

/// <summary>Commands whose palette column is one of other data.</summary>
public sealed class ForeignColumnTests : IDisposable
{
    private readonly CatalogueFolder _folder = new CatalogueFolder().WithTable().With("INSERT INTO movies VALUES ('7', 'Alien', NULL), ('8', NULL, NULL)");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("reset --all --yes")]
    [InlineData("reset --ids 7 --yes")]
    [InlineData("reset --count 1")]
    [InlineData("run --progress none")]
    [InlineData("run --dry-run --progress none")]
    [InlineData("index")]
    [InlineData("validate")]
    public async Task Command_PaletteColumnOfTitles_IsRefusedAndChangesNothing(string command)
    {
        int code = await _folder.RunAsync([.. command.Split(' '), "--set", "Etl:Query:PaletteColumn=title"]);

        Assert.Equal(1, code);
        Assert.Contains(
            $"etl: Column title of table movies in {_folder.Database} holds values that are not palettes, such as 'Alien' of movie 7, so nothing was "
            + "written or emptied. Set Etl:Query:PaletteColumn to the column of palettes, empty these values with 'etl reset --unreadable', or set Etl:Query:AllowForeignValues to true to use this one.",
            _folder.ErrorLines);
        Assert.Equal(["Alien"], _folder.Query("SELECT title FROM movies WHERE title IS NOT NULL"));
        Assert.Equal(["1"], _folder.Query("SELECT count(*) FROM sqlite_schema"));
    }

    [Fact]
    public async Task Reset_ForeignValuesAllowed_EmptiesThem()
    {
        int code = await _folder.RunAsync(
            "reset", "--all", "--yes", "--set", "Etl:Query:PaletteColumn=title", "--set", "Etl:Query:AllowForeignValues=true");

        Assert.Equal(0, code);
        Assert.Equal(["7"], _folder.Query("SELECT id FROM movies WHERE title = ''"));
    }

    [Theory]
    [InlineData("reset --all --yes", "Etl:Query:PaletteColumn=id")]
    [InlineData("validate", "Etl:Query:PaletteColumn=ID")]
    [InlineData("run", "Etl:Query:IdColumn=PALETTE_json")]
    public async Task Command_PaletteColumnIsTheIdColumn_IsRefused(string command, string setting)
    {
        int code = await _folder.RunAsync([.. command.Split(' '), "--set", setting, "--set", "Etl:Query:AllowForeignValues=true"]);

        Assert.Equal(2, code);
        Assert.Contains("Etl:Query:PaletteColumn must be another column than Etl:Query:IdColumn", _folder.Errors, StringComparison.Ordinal);
        Assert.Equal(["7", "8"], _folder.Query("SELECT id FROM movies"));
    }
}
