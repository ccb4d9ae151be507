using System.Text.Json;

namespace Etl.IntegrationTests.Commands;

public sealed class PaletteTests : IDisposable
{
    private static readonly string Expected = new PaletteExtractor().Extract(Posters.Png()).ToJson();

    private readonly CatalogueFolder _folder = new();
    private readonly string _poster;

    public PaletteTests()
    {
        _poster = _folder.PathOf("a poster.png");
        File.WriteAllBytes(_poster, Posters.Png());
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Palette_Files_PrintsALineEach()
    {
        int code = await _folder.RunBareAsync("palette", _poster, _poster);

        Assert.Equal(0, code);
        Assert.Equal(2, _folder.OutputLines.Count());
        Assert.All(_folder.OutputLines, line => Assert.Matches(@"^\d+\.\d ms$", line.Split('\t')[2]));
        Assert.All(_folder.OutputLines, line => Assert.Equal([_poster, Expected], line.Split('\t')[..2]));
        Assert.Empty(_folder.Errors);
    }

    [Fact]
    public async Task Palette_Json_HasSourcePaletteAndMilliseconds()
    {
        int code = await _folder.RunBareAsync("palette", "--json", _poster);

        JsonElement image = Assert.Single(_folder.Json.EnumerateArray());
        Assert.Equal(0, code);
        Assert.Equal(["source", "palette", "milliseconds"], image.EnumerateObject().Select(property => property.Name));
        Assert.Equal(Expected.Replace(" ", "", StringComparison.Ordinal), image.GetProperty("palette").GetRawText());
    }

    [Theory]
    [InlineData("no such file", "not_found")]
    [InlineData(".", "unsupported_format")]
    [InlineData("", "not_found")]
    public async Task Palette_OneFails_NamesItAndPrintsTheOthers(string source, string reason)
    {
        int code = await _folder.RunBareAsync("palette", source, _poster);

        Assert.Equal(3, code);
        Assert.StartsWith($"{source}: {reason}: ", Assert.Single(_folder.ErrorLines));
        Assert.StartsWith(_poster, Assert.Single(_folder.OutputLines));
    }

    [Fact]
    public async Task Palette_OneFailsAsJson_HasItsReasonInItsPlace()
    {
        string text = _folder.PathOf("text.jpg");
        await File.WriteAllTextAsync(text, "not a picture", TestContext.Current.CancellationToken);

        int code = await _folder.RunBareAsync("palette", "--json", text, _poster);

        JsonElement[] images = [.. _folder.Json.EnumerateArray()];
        Assert.Equal(3, code);
        Assert.Equal(["source", "reason", "message"], images[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal("unsupported_format", images[0].GetProperty("reason").GetString());
        Assert.Equal(_poster, images[1].GetProperty("source").GetString());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(20)]
    public async Task Palette_Colors_GivesThatMany(int colors)
    {
        await _folder.RunBareAsync("palette", "--json", "--colors", $"{colors}", _poster);

        Assert.Equal(colors, _folder.Json[0].GetProperty("palette").GetArrayLength());
    }

    [Theory]
    [InlineData("1")]
    [InlineData("21")]
    [InlineData("six")]
    public async Task Palette_ColorsOutOfRange_IsRefused(string colors)
    {
        int code = await _folder.RunBareAsync("palette", "--colors", colors, _poster);

        Assert.Equal(2, code);
        Assert.Equal(
            [$"--colors takes a whole number from 2 to 20, not '{colors}'.", "See 'etl palette --help'."], _folder.ErrorLines);
    }

    [Fact]
    public async Task Palette_OptionOfAnotherCommand_IsRefused()
    {
        int code = await _folder.RunBareAsync("palette", _poster, "--set");

        Assert.Equal(2, code);
        Assert.Equal(
            ["etl palette has no option --set; a file of that name is given as ./--set.", "See 'etl palette --help'."],
            _folder.ErrorLines);
    }

    [Fact]
    public async Task Palette_UrlThatFails_IsToldOfWithoutItsQuery()
    {
        await using CoverServer server = await CoverServer.StartAsync(Answers.Status(404));

        await _folder.RunBareAsync("palette", $"{server.Url}/a.jpg?token=s3cret");

        Assert.Equal([$"{server.Url}/a.jpg?…: not_found: The server has no such image."], _folder.ErrorLines);
    }

    [Fact]
    public async Task Palette_NoImage_IsRefused() => Assert.Equal(2, await _folder.RunBareAsync("palette"));

    [Fact]
    public async Task Palette_Config_AppliesItsOptions()
    {
        string config = _folder.PathOf("options.json");
        await File.WriteAllTextAsync(
            config, """{ "Etl": { "Quantize": { "ColorCount": 4 } } }""", TestContext.Current.CancellationToken);

        await _folder.RunBareAsync("palette", "--json", "--config", config, _poster);

        Assert.Equal(4, _folder.Json[0].GetProperty("palette").GetArrayLength());
    }

    [Fact]
    public async Task Palette_NoSuchConfig_IsOneLine()
    {
        int code = await _folder.RunBareAsync("palette", "--config", _folder.PathOf("none.json"), _poster);

        Assert.NotEqual(0, code);
        Assert.StartsWith("etl: ", Assert.Single(_folder.ErrorLines));
    }
}
