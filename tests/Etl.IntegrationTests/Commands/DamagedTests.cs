using System.Text.Json;

namespace Etl.IntegrationTests.Commands;

/// <summary>Damaged covers at the command line: the run, the list, the retry and the counts.</summary>
public sealed class DamagedTests : IDisposable
{
    private const string Message = "The cover is a damaged PNG: the checksum of its chunk tEXt is wrong.";

    private readonly CatalogueFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_DamagedCover_IsCountedAndEndsWithZero()
    {
        WithCovers();

        int code = await _folder.RunAsync("run", "--progress", "none", "--report", _folder.PathOf("report.json"), "--set", Location);

        Assert.Equal(0, code);
        Assert.Contains(" damaged covers among those written: 1; list them with 'etl dead-letters --damaged'", _folder.OutputLines);
        Assert.Equal(1, ReportOf("report.json").GetProperty("damaged").GetInt64());
        Assert.Equal(["d"], _folder.Query("SELECT movie_id FROM etl_damaged"));
    }

    [Fact]
    public async Task Run_DryRun_CountsThemAndWritesNothing()
    {
        WithCovers();

        await _folder.RunAsync("run", "--dry-run", "--progress", "none", "--report", _folder.PathOf("report.json"), "--set", Location);

        Assert.Equal(1, ReportOf("report.json").GetProperty("damaged").GetInt64());
        Assert.Equal(["movies"], _folder.Query("SELECT name FROM sqlite_schema"));
    }

    [Fact]
    public async Task DeadLetters_Damaged_PrintsALineEach()
    {
        await RunAsync();

        await _folder.RunAsync("dead-letters", "--damaged");

        Assert.Equal("id            written at            message", _folder.OutputLines.First());
        Assert.Matches($"^d             [0-9T:-]{{19}}Z  {Message}$", _folder.OutputLines.Last());
    }

    [Fact]
    public async Task DeadLetters_DamagedJson_HasTheCoverToo()
    {
        await RunAsync();

        await _folder.RunAsync("dead-letters", "--damaged", "--json");

        JsonElement damage = Assert.Single(_folder.Json.EnumerateArray());
        Assert.Equal(
            ["key", "id", "message", "at", "coverBytes", "coverModifiedAt", "coverEtag"],
            damage.EnumerateObject().Select(property => property.Name));
        Assert.Equal(("d", Message), (damage.GetProperty("id").GetString(), damage.GetProperty("message").GetString()));
        Assert.Equal(DamagedPng.Bytes.Length, damage.GetProperty("coverBytes").GetInt64());
    }

    [Fact]
    public async Task DeadLetters_DamagedRetry_HasTheNextRunMakeThemAnew()
    {
        await RunAsync();
        File.WriteAllBytes(_folder.PathOf("d.png"), Asset.Bytes("rgba.png"));

        await _folder.RunAsync("dead-letters", "--damaged", "--retry");

        Assert.Equal(["Emptied 1 palette of damaged covers; the next run makes them anew."], _folder.OutputLines);
        Assert.Equal(["d"], _folder.Emptied());
        await _folder.RunAsync("run", "--quiet", "--set", Location);
        Assert.Empty(_folder.Query("SELECT movie_id FROM etl_damaged"));
    }

    [Theory]
    [InlineData("dead-letters --prune --json", """{"pruned":0,"prunedDamaged":1,"prunedProvenance":1}""")]
    [InlineData("dead-letters --damaged --prune --json", """{"pruned":1}""")]
    [InlineData("dead-letters --damaged --prune", "Deleted 1 damaged cover whose movie is gone.")]
    public async Task DeadLetters_Prune_ForgetsDamageOfMoviesThatAreGone(string command, string said)
    {
        await RunAsync();
        _folder.With("DELETE FROM movies WHERE id = 'd'");

        await _folder.RunAsync(command.Split(' '));

        Assert.Equal(said, _folder.OutputLines.Last());
        Assert.Empty(_folder.Query("SELECT movie_id FROM etl_damaged"));
    }

    [Theory]
    [InlineData("dead-letters --damaged", "There are no palettes of damaged covers.")]
    [InlineData("dead-letters --damaged --json", "[]")]
    [InlineData("dead-letters --damaged --retry --prune --json", """{"pruned":0,"emptied":0}""")]
    public async Task DeadLetters_DamagedWithoutTheTable_SaysThereAreNone(string command, string said)
    {
        _folder.WithTable();

        Assert.Equal(0, await _folder.RunAsync(command.Split(' ')));

        Assert.Equal([said], _folder.OutputLines);
        Assert.Equal(["movies"], _folder.Query("SELECT name FROM sqlite_schema"));
    }

    [Fact]
    public async Task DeadLetters_DamagedWithAReason_IsRefused()
    {
        _folder.WithTable();

        Assert.Equal(2, await _folder.RunAsync("dead-letters", "--damaged", "--reason", "corrupt"));

        Assert.Contains("--damaged takes no --reason", _folder.Errors);
    }

    [Fact]
    public async Task Status_DamagedCovers_AreCounted()
    {
        await RunAsync();

        await _folder.RunAsync("status");
        Assert.Matches("^damaged covers +1$", _folder.OutputLines.Last());

        await _folder.RunAsync("status", "--json");
        Assert.Equal(1, _folder.Json.GetProperty("damaged").GetInt64());
    }

    [Fact]
    public async Task Palette_DamagedImage_PrintsThePaletteAndSaysSo()
    {
        WithCovers();
        string image = _folder.PathOf("d.png");

        int code = await _folder.RunBareAsync("palette", image);

        Assert.Equal((0, 1), (code, _folder.OutputLines.Count()));
        Assert.Equal([$"{image}: damaged: {Message}"], _folder.ErrorLines);
    }

    [Fact]
    public async Task Palette_DamagedImageAsJson_HasTheDamage()
    {
        WithCovers();

        await _folder.RunBareAsync("palette", "--json", _folder.PathOf("d.png"), _folder.PathOf("w.png"));

        JsonElement[] images = [.. _folder.Json.EnumerateArray()];
        Assert.Equal(Message, images[0].GetProperty("message").GetString());
        Assert.False(images[1].TryGetProperty("message", out _));
    }

    [Fact]
    public async Task Palette_Strict_RefusesTheImage()
    {
        WithCovers();
        File.WriteAllText(_folder.PathOf("etl.json"), """{"Etl": {"Decode": {"Strict": true}}}""");

        int code = await _folder.RunBareAsync("palette", _folder.PathOf("d.png"), "--config", _folder.PathOf("etl.json"));

        Assert.Equal(3, code);
        Assert.Equal([$"{_folder.PathOf("d.png")}: corrupt: {Message}"], _folder.ErrorLines);
    }

    private string Location => $"Etl:Fetch:Locations:0={_folder.PathOf("{id}.png")}";

    private void WithCovers()
    {
        _folder.WithTable().WithMovie("d", null).WithMovie("w", null);
        File.WriteAllBytes(_folder.PathOf("d.png"), DamagedPng.Bytes);
        File.WriteAllBytes(_folder.PathOf("w.png"), Asset.Bytes("rgba.png"));
    }

    private async Task RunAsync()
    {
        WithCovers();
        Assert.Equal(0, await _folder.RunAsync("run", "--quiet", "--set", Location));
    }

    private JsonElement ReportOf(string name)
    {
        using var report = JsonDocument.Parse(File.ReadAllText(_folder.PathOf(name)));
        return report.RootElement.Clone();
    }
}
