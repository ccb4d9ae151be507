using System.Text.Json;
using System.Text.RegularExpressions;
using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Commands;

public sealed partial class ReportTests : IDisposable
{
    private readonly CatalogueFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Report_Demo_ShowsEveryPaletteWithItsCoverAndEachFailure()
    {
        DrawnCatalogue.Create(_folder.PathOf("."), movies: 12);
        await RunAsync("run", "--quiet");

        int code = await RunAsync("report", "--out", Page);

        Assert.Equal(0, code);
        Assert.Equal([$"Wrote {Page}: 12 movies, 10 palettes shown."], _folder.OutputLines);
        JsonElement data = await DataAsync();
        Assert.Equal((12, 2), (data.GetProperty("movies").GetInt32(), data.GetProperty("missing").GetInt32()));
        Assert.Equal(
            _folder.Query("SELECT id FROM movies WHERE palette_json <> '' ORDER BY rowid"),
            Gallery(data).Select(movie => movie.GetProperty("id").GetString()!));
        Assert.All(Gallery(data), movie => Assert.Equal(6, movie.GetProperty("palette").GetArrayLength()));
        Assert.All(Gallery(data), movie => Assert.StartsWith(
            "data:image/webp;base64,", movie.GetProperty("cover").GetString(), StringComparison.Ordinal));
        Assert.Equal(2, data.GetProperty("reasons").EnumerateArray().Sum(group => group.GetProperty("count").GetInt32()));
        Assert.All(data.GetProperty("reasons").EnumerateArray(), group => Assert.NotEmpty(group.GetProperty("examples").EnumerateArray()));
    }

    [Fact]
    public async Task Report_PalettesOfTwoSettings_CountsThem()
    {
        DrawnCatalogue.Create(_folder.PathOf("."), movies: 12);
        await RunAsync("run", "--quiet", "--limit", "6");
        await RunAsync("run", "--quiet", "--set", "Etl:Quantize:ColorCount=4");

        await RunAsync("report", "--out", Page);

        JsonElement[] counts = [.. (await DataAsync()).GetProperty("palettesBySettings").EnumerateArray()];
        Assert.Equal(10, counts.Sum(static same => same.GetProperty("count").GetInt32()));
        Assert.Equal(
            ["ColorThief/1 colors=4 step=10 scale=full", "ColorThief/1 colors=6 step=10 scale=full"],
            counts.Select(static same => same.GetProperty("settings").GetString()!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Report_Page_NeedsNoOtherFile()
    {
        _folder.WithTable().WithMovie("1", CatalogueFolder.APalette);

        await RunAsync("report", "--out", Page);
        string page = await PageAsync();

        Assert.DoesNotMatch("""(src|href)\s*=|@import|url\(|fetch\(|/\* (style|script|data) \*/""", page.Replace("src:", "", StringComparison.Ordinal));
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_TextsOfData_AreNoMarkup()
    {
        const string Evil = "</script><script>alert('&')</script>";
        _folder.WithTable().WithMovie(Evil, CatalogueFolder.APalette).WithDeadLetters().WithDeadLetter(Evil, "corrupt", Evil);

        await RunAsync("report", "--out", Page);

        Assert.DoesNotContain(Evil, await PageAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("innerHTML", await PageAsync(), StringComparison.Ordinal);
        JsonElement data = await DataAsync();
        Assert.Equal(Evil, Gallery(data).Single().GetProperty("id").GetString());
        Assert.Equal(Evil, data.GetProperty("reasons")[0].GetProperty("examples")[0].GetProperty("message").GetString());
    }

    [Fact]
    public async Task Report_CoversThatAreNotThere_HaveNone()
    {
        _folder.WithTable().WithMovie("1", CatalogueFolder.APalette).WithMovie(null, CatalogueFolder.APalette);

        int code = await RunAsync("report", "--out", Page);

        Assert.Equal(0, code);
        Assert.EndsWith("2 palettes shown, 2 of them without their cover.", _folder.OutputLines.Single(), StringComparison.Ordinal);
        Assert.All(Gallery(await DataAsync()), movie => Assert.Equal(JsonValueKind.Null, movie.GetProperty("cover").ValueKind));
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "0")]
    [InlineData(3, "0 3 6")]
    [InlineData(10, "0 1 2 3 4 5 6 7 8 9")]
    [InlineData(100, "0 1 2 3 4 5 6 7 8 9")]
    public async Task Report_Count_IsSpreadOverThePalettes(int count, string ids)
    {
        _folder.WithTable();
        for (int i = 0; i < 10; i++)
        {
            _folder.WithMovie($"{i}", CatalogueFolder.APalette).WithMovie($"missing {i}", i % 2 == 0 ? null : "");
        }

        await RunAsync("report", "--out", Page, "--count", $"{count}");

        Assert.Equal(ids, string.Join(' ', Gallery(await DataAsync()).Select(movie => movie.GetProperty("id").GetString())));
    }

    [Fact]
    public async Task Report_PalettesThatAreNone_AreLeftOut()
    {
        _folder.WithTable("id, palette_json").WithMovie("a", "x").WithMovie("b", "[]").WithMovie("c", CatalogueFolder.APalette);

        int code = await RunAsync("report", "--out", Page);

        Assert.Equal(0, code);
        Assert.Equal(["c"], Gallery(await DataAsync()).Select(movie => movie.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Report_EmptyCatalogue_IsAPageToo()
    {
        _folder.WithTable();

        Assert.Equal(0, await RunAsync("report", "--out", Page));
        Assert.Empty(Gallery(await DataAsync()));
    }

    [Fact]
    public async Task Report_PageThatIsThere_IsReplacedAndNothingIsLeftBeside()
    {
        _folder.WithTable();
        await File.WriteAllTextAsync(Page, "before", TestContext.Current.CancellationToken);

        await RunAsync("report", "--out", Page);

        Assert.StartsWith("<!DOCTYPE html>", await PageAsync(), StringComparison.Ordinal);
        Assert.Equal(["movies.db", "palettes.html"], Directory.EnumerateFiles(_folder.PathOf(".")).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData(".", ": it is a folder. Name a file.")]
    [InlineData("none/page.html", ": it is in a folder that does not exist, {0}/none. Create the folder, or name another file.")]
    public async Task Report_FileThatCannotBeWritten_IsRefusedInOneLine(string file, string problem)
    {
        _folder.WithTable();

        int code = await RunAsync("report", "--out", _folder.PathOf(file));

        Assert.Equal(2, code);
        Assert.Equal(
            [$"etl: --out {_folder.PathOf(file)} cannot be written{string.Format(null, problem, _folder.PathOf(""))}"], _folder.ErrorLines);
    }

    [Fact]
    public async Task Report_NoCatalogue_IsOneLineAndNoPage()
    {
        int code = await RunAsync("report", "--out", Page);

        Assert.Equal(1, code);
        Assert.Single(_folder.ErrorLines);
        Assert.False(File.Exists(Page));
    }

    private string Page => _folder.PathOf("palettes.html");

    private Task<int> RunAsync(params string[] args) =>
        _folder.RunAsync([.. args, "--set", $"Etl:Fetch:Locations:0={_folder.PathOf("covers")}/{{id}}.jpg"]);

    private Task<string> PageAsync() => File.ReadAllTextAsync(Page, TestContext.Current.CancellationToken);

    private async Task<JsonElement> DataAsync() =>
        JsonDocument.Parse(Data().Match(await PageAsync()).Groups[1].Value).RootElement;

    private static JsonElement[] Gallery(JsonElement data) => [.. data.GetProperty("gallery").EnumerateArray()];

    [GeneratedRegex("""<script type="application/json" id="data">(.*?)</script>""")]
    private static partial Regex Data();
}
