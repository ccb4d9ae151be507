using System.Text.Json;
using System.Text.RegularExpressions;
using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Explain;

/// <summary>Explanations of covers that bring down the process that decodes them.</summary>
public sealed partial class PoisonExplainTests : IDisposable
{
    private readonly TestCatalogue _catalogue = new(movies: 6);
    private readonly string _id;

    public PoisonExplainTests() => _id = _catalogue.GoodMovie;

    public void Dispose() => _catalogue.Dispose();

    [Theory]
    [InlineData("crash", "crashed")]
    [InlineData("hang", "timeout")]
    public async Task Explain_CoverEndsItsDecoder_SaysSo(string poison, string reason)
    {
        Poison(poison);
        using var process = EtlProcess.StartPoisoned(
            _catalogue.Folder, [], ["explain", _id, "--json", .. TestCatalogue.Settings, "--set", "Etl:Decode:Timeout=00:00:01"]);

        EtlOutput output = await process.EndAsync();

        Assert.Equal(0, output.ExitCode);
        AssertFails(JsonDocument.Parse(output.Output).RootElement, reason);
    }

    [Fact]
    public async Task Serve_CoverThatCrashesIsExplained_ServesOn()
    {
        foreach (string file in _catalogue.CoverPaths[..^1])
        {
            File.Delete(file); // the run has nothing else to do
        }

        _catalogue.Execute($"DELETE FROM movies WHERE id <> '{_id}'");
        _catalogue.Execute("UPDATE movies SET palette_json = '[[1, 2, 3]]'");
        Poison("crash");
        using var service = EtlProcess.StartPoisoned(
            _catalogue.Folder, [], ["serve", .. TestCatalogue.Settings, "--urls", "http://127.0.0.1:0"]);
        var address = new Uri(Address().Match(await service.Logged("answers at")).Value);
        using var client = new HttpClient { BaseAddress = address, Timeout = TestTimeout };

        for (int i = 0; i < 2; i++)
        {
            string json = await client.GetStringAsync(new Uri($"/api/explain?id={_id}", UriKind.Relative), TestContext.Current.CancellationToken);

            JsonElement extraction = JsonDocument.Parse(json).RootElement.GetProperty("items")[0].GetProperty("extraction");
            Assert.Equal("crashed", extraction.GetProperty("reason").GetString());
        }

        Assert.False(service.HasEnded);
    }

    private static void AssertFails(JsonElement explanation, string reason)
    {
        JsonElement row = explanation.GetProperty("items")[0];
        Assert.Equal(reason, row.GetProperty("extraction").GetProperty("reason").GetString());
        Assert.Equal("fail", row.GetProperty("nextRun").GetProperty("action").GetString());
    }

    private void Poison(string poison) => File.AppendAllText(_catalogue.PathOf($"covers/{_id}.jpg"), $"poison: {poison}");

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}
