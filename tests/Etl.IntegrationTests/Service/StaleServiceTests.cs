using System.Text.Json;
using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Service;

/// <summary>Stale palettes that the service makes again.</summary>
public sealed class StaleServiceTests : IDisposable
{
    private const int Movies = 12;
    private const string ForeignPalette = "[[7, 7, 7]]";

    private readonly TestCatalogue _catalogue = new(Movies);

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task Serve_CoverIsReplacedAndSettingsChange_MakesThosePalettesAgain()
    {
        await using ServiceProcess first = await ServiceProcess.StartAsync(_catalogue, Refresh(seconds: 5));
        await Eventually.Holds(() => _catalogue.Missing == 2);
        string[] covers = [.. _catalogue.CoverPaths[2..^2]]; // neither broken, nor the other cover
        string foreign = Path.GetFileNameWithoutExtension(covers[0]);
        _catalogue.Execute($"UPDATE movies SET palette_json = '{ForeignPalette}' WHERE id = '{foreign}'");

        await File.WriteAllBytesAsync(covers[1], _catalogue.OtherCover(), TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(covers[1], TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-1)); // a fresher file could still be written
        string other = Path.GetFileNameWithoutExtension(_catalogue.CoverPaths[^2]);
        await Eventually.Holds(() => PaletteOf(Path.GetFileNameWithoutExtension(covers[1])) == PaletteOf(other));
        await Eventually.Holds(async () => (await RefreshOfAsync(first))?.GetProperty("written").GetInt32() == 1); // until the next pass
        string metrics = await first.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Matches(@"(?m)^etl_refresh_pending\S* \d+", metrics);
        Assert.Matches(@"(?m)^etl_refresh_outdated\S* 0", metrics);
        await first.StopAsync();

        await using ServiceProcess second = await ServiceProcess.StartAsync(_catalogue, [.. Refresh(seconds: 1), "--set", "Etl:Quantize:ColorCount=4"]);
        await Eventually.Holds(() => _catalogue.Scalar("SELECT count(*) FROM movies WHERE json_array_length(nullif(palette_json, '')) = 4") == Movies - 3);
        EtlOutput ended = await second.StopAsync();

        Assert.Equal(ForeignPalette, PaletteOf(foreign));
        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("palettes for stale ones within", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_NoRefresh_ChecksNoPalettes()
    {
        await using ServiceProcess service = await ServiceProcess.StartAsync(_catalogue);
        await Eventually.Holds(() => _catalogue.Missing == 2);

        Assert.Null(await RefreshOfAsync(service));
        string metrics = await service.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("etl_refresh", metrics, StringComparison.Ordinal);
    }

    private static string[] Refresh(int seconds) => ["--set", "Etl:Query:Refresh=All", "--set", $"Etl:Service:RefreshInterval=00:00:0{seconds}"];

    private static async Task<JsonElement?> RefreshOfAsync(ServiceProcess service)
    {
        JsonElement refresh = (await service.GetAsync("/api/status")).GetProperty("refresh");
        return refresh.ValueKind == JsonValueKind.Null ? null : refresh;
    }

    private string PaletteOf(string id) => _catalogue.Text($"SELECT palette_json FROM movies WHERE id = '{id}'");
}
