using System.Text.Json;
using PaletteEtl.Hosting;
using PaletteEtl.Palettes;

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

    [Theory]
    [InlineData("--color-format", "json")]
    [InlineData("--set", "Etl:Columns:ColorFormat=Json")]
    public async Task Palette_CssInANotationThatIsNotCss_IsRefusedInOneLine(string option, string value)
    {
        int code = await _folder.RunBareAsync("palette", "--css", option, value, _poster);

        Assert.Equal(2, code);
        Assert.Contains("--css needs a notation of CSS. Set Etl:Columns:ColorFormat (--color-format) to Hex, Rgb or Oklch, not Json.", Assert.Single(_folder.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Palette_Css_HasAPropertyForEachColour()
    {
        int code = await _folder.RunBareAsync("palette", "--css", _poster);

        Assert.Equal(0, code);
        Assert.Equal(6, _folder.OutputLines.Count(static line => line.StartsWith("  --color-", StringComparison.Ordinal)));
        Assert.Contains(_folder.OutputLines, static line => line.StartsWith("  --accent: #", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Palette_Json_HasSourcePaletteAndMilliseconds()
    {
        int code = await _folder.RunBareAsync("palette", "--json", _poster);

        JsonElement image = Assert.Single(_folder.Json.EnumerateArray());
        Assert.Equal(0, code);
        Assert.Equal(["source", "palette", "columns", "elapsedSeconds"], image.EnumerateObject().Select(property => property.Name));
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
        int code = await _folder.RunBareAsync("palette", _poster, "--limit");

        Assert.Equal(2, code);
        Assert.Equal(
            ["etl palette has no option --limit; an argument that begins with - goes after --.", "See 'etl palette --help'."],
            _folder.ErrorLines);
    }

    [Fact]
    public async Task Palette_UrlThatFails_IsToldOfWithoutItsQuery()
    {
        await using CoverServer server = await CoverServer.StartAsync(Answers.Status(404));

        await _folder.RunBareAsync("palette", $"{server.Url}/a.jpg?token=s3cret");

        Assert.Equal([$"{server.Url}/a.jpg?…: not_found: The server has no such image."], _folder.ErrorLines);
    }

    [Theory]
    [InlineData("Name an image, or a list of names with --files-from.")]
    [InlineData("Name an image, or a list of names with --files-from.", "--json")]
    [InlineData("- is standard input, which is read once. Give it once.", "-", "a.png", "-")]
    [InlineData("- and --files-from - both read standard input. Give one of them.", "-", "--files-from", "-")]
    [InlineData("- and --files-from - both read standard input. Give one of them.", "--files-from=-", "a.png", "--", "-")]
    [InlineData("--null applies to --files-from, which is missing.", "a.png", "--null")]
    [InlineData("--null applies to --files-from, which is missing.", "-0", "a.png")]
    [InlineData("--files-from takes the name of a file, or -.", "--files-from", "")]
    [InlineData("--json, --jsonl and --css are formats. Give one of them.", "--json", "--jsonl", "a.png")]
    [InlineData("--algorithm takes ColorThief or Oklab, not 'best'.", "--algorithm", "best", "a.png")]
    [InlineData("--algorithm takes ColorThief or Oklab, not '1'.", "--algorithm", "1", "a.png")]
    public async Task Palette_CommandLineThatIsNone_IsRefused(string problem, params string[] args)
    {
        int code = await _folder.RunBareAsync(["palette", .. args]);

        Assert.Equal((2, ""), (code, _folder.Output));
        Assert.Equal([problem, "See 'etl palette --help'."], _folder.ErrorLines);
    }

    [Theory]
    [InlineData("oklab")]
    [InlineData("Oklab")]
    public async Task Palette_Algorithm_GoesBeforeTheSetting(string name)
    {
        string expected = new PaletteExtractor(new EtlOptions { Quantize = { Algorithm = QuantizeAlgorithm.Oklab } }).Extract(Posters.Png()).ToJson();

        await _folder.RunBareAsync("palette", "--algorithm", name, _poster, "--set", "Etl:Quantize:Algorithm=ColorThief");

        Assert.NotEqual(Expected, expected);
        Assert.Equal(expected, _folder.Output.Split('\t')[1]);
    }

    [Theory]
    [InlineData("too_many_pixels", "Etl:Decode:MaxPixels=100")]
    [InlineData("too_many_pixels", "Etl:Decode:MemoryBudgetBytes=1000")]
    [InlineData("too_large", "Etl:Fetch:MaxCoverBytes=50")]
    [InlineData("too_large", "Etl:Fetch:MaxCoverBytes=50", "Etl:Fetch:MemoryBudgetBytes=50")]
    public async Task Palette_LimitOfTheSettings_IsKept(string reason, params string[] settings)
    {
        int code = await _folder.RunBareAsync(
            ["palette", _poster, .. settings.SelectMany(static setting => (string[])["--set", setting])]);

        Assert.Equal(3, code);
        Assert.StartsWith($"{_poster}: {reason}: ", Assert.Single(_folder.ErrorLines));
    }

    [Theory]
    [InlineData("Etl:Quantize:ColorCount=4", "Etl:Quantize:ColourCount=4")]
    [InlineData("Etl:Decode:MaxPixels=0")]
    [InlineData("Etl:Quantize:Algorithm=Best")]
    public async Task Palette_SettingThatIsNone_IsRefused(params string[] settings)
    {
        int code = await _folder.RunBareAsync(
            ["palette", _poster, .. settings.SelectMany(static setting => (string[])["--set", setting])]);

        Assert.Equal((2, ""), (code, _folder.Output));
        Assert.Equal("etl: the configuration is refused:", _folder.ErrorLines.First());
    }

    [Fact]
    public async Task Palette_ManyImages_PrintsThemInTheOrderGiven()
    {
        string[] names = [.. Enumerable.Range(0, 50).Select(i => i % 3 == 0 ? _folder.PathOf($"none {i}.png") : _poster)];

        int code = await _folder.RunBareAsync(["palette", "--json", .. names]);

        Assert.Equal(3, code);
        Assert.Equal(names, _folder.Json.EnumerateArray().Select(image => image.GetProperty("source").GetString()));
        Assert.Equal(17, _folder.ErrorLines.Count());
    }

    [Fact]
    public async Task Palette_JsonLines_PrintsAnObjectALine()
    {
        int code = await _folder.RunBareAsync("palette", "--jsonl", _poster, "none.png", _poster);

        JsonElement[] images = [.. _folder.OutputLines.Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(3, code);
        Assert.Equal(3, images.Length);
        Assert.Equal(["source", "palette", "columns", "elapsedSeconds"], images[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(["source", "reason", "message"], images[1].EnumerateObject().Select(property => property.Name));
    }

    [Theory]
    [InlineData("LIST\n")]
    [InlineData("\r\nLIST\r\n\r\n")]
    [InlineData("LIST\0\0", "--null")]
    [InlineData("\0LIST", "-0")]
    public async Task Palette_FilesFrom_PrintsTheListThenTheImagesNamed(string list, params string[] args)
    {
        string file = _folder.PathOf("names.txt"), listed = _folder.PathOf("listed.png");
        File.Copy(_poster, listed);
        await File.WriteAllTextAsync(file, list.Replace("LIST", listed, StringComparison.Ordinal), TestContext.Current.CancellationToken);

        int code = await _folder.RunBareAsync(["palette", _poster, "--files-from", file, .. args]);

        Assert.Equal((0, ""), (code, _folder.Errors));
        Assert.Equal([listed, _poster], _folder.OutputLines.Select(line => line.Split('\t')[0]));
    }

    [Fact]
    public async Task Palette_ListedNamesThatBeginWithADash_AreFiles()
    {
        string file = _folder.PathOf("names.txt");
        await File.WriteAllTextAsync(file, "-\n--json\n-c\n", TestContext.Current.CancellationToken);

        int code = await _folder.RunBareAsync("palette", "--files-from", file);

        Assert.Equal(3, code);
        Assert.Equal(
            ["-: not_found: There is no such file.", "--json: not_found: There is no such file.", "-c: not_found: There is no such file."],
            _folder.ErrorLines);
    }

    [Theory]
    [InlineData("none.txt", "there is no such file")]
    [InlineData("none/none.txt", "there is no such file")]
    [InlineData(".", "it is a folder")]
    public async Task Palette_ListThatCannotBeRead_IsRefused(string list, string cause)
    {
        int code = await _folder.RunBareAsync("palette", "--json", _poster, "--files-from", list);

        Assert.Equal((2, ""), (code, _folder.Output));
        Assert.Equal([$"etl: --files-from {list} cannot be read: {cause}."], _folder.ErrorLines);
    }

    [Fact]
    public async Task Palette_EmptyListAsJson_IsAnEmptyArray()
    {
        string file = _folder.PathOf("names.txt");
        await File.WriteAllTextAsync(file, "\n\n", TestContext.Current.CancellationToken);

        int code = await _folder.RunBareAsync("palette", "--json", "--files-from", file);

        Assert.Equal((0, 0), (code, _folder.Json.GetArrayLength()));
    }

    [Fact]
    public async Task Palette_ListFailsInTheMiddle_EndsTheJsonArray()
    {
        string file = _folder.PathOf("names.txt");
        await File.WriteAllTextAsync(file, $"{_poster}\n{_poster}\n{new string('a', 100_000)}", TestContext.Current.CancellationToken);

        int code = await _folder.RunBareAsync("palette", "--json", "--files-from", file);

        Assert.Equal((1, 2), (code, _folder.Json.GetArrayLength()));
        Assert.StartsWith($"etl: --files-from {file} has a name of more than 65536 characters.", Assert.Single(_folder.ErrorLines));
    }

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
