using System.Text.Json;
using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Bench.Quality;

/// <summary>The real process, on small covers.</summary>
public sealed class BenchQualityTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("etl-quality-tests-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Quality_FolderAsJson_HasEveryModeWithItsMeasures()
    {
        AddCovers("baseline.jpg", "rgba.png", "lossy.webp");

        EtlOutput bench = await RunAsync("--json");

        Assert.Equal((0, ""), (bench.ExitCode, bench.Errors));
        using var json = JsonDocument.Parse(bench.Output);
        JsonElement[] modes = [.. json.RootElement.GetProperty("modes").EnumerateArray()];
        Assert.Equal((3, 1), (json.RootElement.GetProperty("covers").GetInt32(), json.RootElement.GetProperty("reencodedCovers").GetInt32()));
        Assert.Equal(["ColorThief", "Oklab, full size", "Oklab, codecs", "Oklab"], modes.Select(static mode => mode.GetProperty("mode").GetString()));
        Assert.All(modes, static mode => Assert.InRange(mode.GetProperty("ciede2000Mean").GetDouble(), 0.1, mode.GetProperty("ciede2000P95").GetDouble()));
        Assert.Equal(0, modes[1].GetProperty("worstColorMean").GetDouble());
        Assert.All(modes, static mode => Assert.Equal(6, mode.GetProperty("reencodings").GetArrayLength()));
    }

    [Fact]
    public async Task Quality_Table_FitsIntoAHundredColumns()
    {
        AddCovers("baseline.jpg");

        EtlOutput bench = await RunAsync();

        string[] lines = bench.Output.Split('\n');
        Assert.Equal(0, bench.ExitCode);
        Assert.Equal(2, lines.Count(static line => line.StartsWith(" Oklab, full size ", StringComparison.Ordinal)));
        Assert.All(lines, static line => Assert.True(line.Length <= 100, line));
    }

    [Fact]
    public async Task Quality_FolderWithoutJpeg_HasNoTableOfReencodedCovers()
    {
        AddCovers("rgba.png");

        EtlOutput bench = await RunAsync();

        Assert.Equal(0, bench.ExitCode);
        Assert.DoesNotContain("encoded again", bench.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quality_WithSeconds_IsRefusedInOneLine()
    {
        AddCovers("rgba.png");

        EtlOutput bench = await RunAsync("--seconds", "5");

        Assert.Equal(
            (2, "", "etl: --quality cannot be combined with --seconds, because it measures no speed. Remove one of them.\n"),
            (bench.ExitCode, bench.Output, bench.Errors));
    }

    private void AddCovers(params string[] pictures) =>
        Array.ForEach(pictures, picture => File.Copy(Asset.PathOf(picture), Path.Combine(_folder.FullName, picture)));

    private Task<EtlOutput> RunAsync(params string[] options) =>
        EtlProcess.RunAsync(_folder.FullName, ["bench", ".", "--quality", .. options]);
}
