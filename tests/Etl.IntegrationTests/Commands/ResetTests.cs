using static Etl.IntegrationTests.Commands.CatalogueFolder;

namespace Etl.IntegrationTests.Commands;

public sealed class ResetTests : IDisposable
{
    private readonly CatalogueFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Reset_Count_EmptiesTheFirstThatHaveOne()
    {
        _folder.WithTable().WithMovie("1", null).WithMovie("2", APalette).WithMovie("3", APalette).WithMovie("4", APalette);

        int code = await _folder.RunAsync("reset", "--count", "2", "--yes");

        Assert.Equal(0, code);
        Assert.Equal(["2", "3"], _folder.Emptied());
        Assert.Equal(["Emptied 2 palettes."], _folder.OutputLines);
    }

    [Fact]
    public async Task Reset_All_EmptiesEveryPaletteNullIdsIncluded()
    {
        _folder.WithTable("id, palette_json").WithMovie(1, APalette).WithMovie(null, APalette).WithMovie("3", null);

        await _folder.RunAsync("reset", "--all", "--yes");

        Assert.Equal(["Emptied 2 palettes."], _folder.OutputLines);
        Assert.Equal(["1"], _folder.Query("SELECT count(*) FROM movies WHERE palette_json IS NULL"));
    }

    [Fact]
    public async Task Reset_UnknownIds_NamesThemAndResetsTheOthers()
    {
        _folder.WithTable().WithMovie("1", APalette).WithMovie("2", null);

        int code = await _folder.RunAsync("reset", "--ids", "1, 2,9,8", "--yes");

        Assert.Equal(1, code);
        Assert.Equal(["1"], _folder.Emptied());
        Assert.Equal(["etl: no movie has the id 8.", "etl: no movie has the id 9."], _folder.ErrorLines);
    }

    [Theory]
    [InlineData("--id", "1,2")]
    [InlineData("--id", "1,2", "--id", "1,2")]
    [InlineData("--id=1,2")]
    public async Task Reset_IdWithAComma_ResetsItAlone(params string[] ids)
    {
        _folder.WithTable().WithMovie("1", APalette).WithMovie("2", APalette).WithMovie("1,2", APalette);

        int code = await _folder.RunAsync(["reset", .. ids, "--yes"]);

        Assert.Equal((0, ""), (code, _folder.Errors));
        Assert.Equal(["1,2"], _folder.Emptied());
    }

    [Fact]
    public async Task Reset_IdBesideIds_ResetsAll()
    {
        _folder.WithTable().WithMovie("1", APalette).WithMovie("2", APalette).WithMovie("3, b", APalette).WithMovie("4", APalette);

        int code = await _folder.RunAsync("reset", "--ids", "1,2", "--id", "3, b", "--yes");

        Assert.Equal(0, code);
        Assert.Equal(["1", "2", "3, b"], _folder.Emptied());
    }

    [Fact]
    public async Task Reset_NothingToEmpty_NeedsNoConsent()
    {
        _folder.WithTable().WithMovie("1", null);

        int code = await _folder.RunAsync("reset", "--all");

        Assert.Equal(0, code);
        Assert.Equal(["There is no palette to empty."], _folder.OutputLines);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("reset --all --count 2")]
    [InlineData("reset --ids 1 --all")]
    [InlineData("reset --count 0")]
    [InlineData("reset --count -1")]
    [InlineData("reset --count many")]
    [InlineData("reset --ids ,")]
    [InlineData("reset --id 1 --all")]
    [InlineData("reset --id 1 --count 1")]
    public async Task Reset_NotExactlyOneSelection_IsRefused(string command)
    {
        _folder.WithTable().WithMovie("1", APalette);

        int code = await _folder.RunAsync([.. command.Split(' '), "--yes"]);

        Assert.Equal(2, code);
        Assert.Empty(_folder.Emptied());
        Assert.Equal("See 'etl reset --help'.", _folder.ErrorLines.Last());
    }
}
