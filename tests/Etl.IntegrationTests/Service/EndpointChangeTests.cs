using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Service;

/// <summary>Requests that change the catalogue, and the end of the service; each test has a service of its own.</summary>
public sealed class EndpointChangeTests : IAsyncLifetime
{
    private const string Key = EndpointService.Key, KeyHeader = EndpointService.KeyHeader;

    private readonly EndpointService _endpoint = new();

    private TestCatalogue Catalogue => _endpoint.Catalogue;

    private ServiceProcess Service => _endpoint.Service;

    public ValueTask InitializeAsync() => _endpoint.InitializeAsync();

    public ValueTask DisposeAsync() => _endpoint.DisposeAsync();

    [Fact]
    public async Task Retry_WithTheKey_HasMoviesTriedAgain()
    {
        JsonElement letter = (await Service.GetAsync("/api/dead-letters?reason=truncated")).GetProperty("items")[0];
        File.WriteAllBytes(Catalogue.PathOf($"covers/{letter.GetProperty("id").GetString()}.jpg"), Catalogue.GoodCover());

        using HttpResponseMessage answer = await Service.RetryAsync(
            $$"""{ "keys": [{{letter.GetProperty("key")}}], "ids": ["{{letter.GetProperty("id").GetString()}}"] }""", (KeyHeader, Key));

        Assert.Equal(1, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("retried").GetInt64());
        await Eventually.Holds(() => Catalogue.Missing == 1);
    }

    [Fact]
    public async Task Similar_AnotherProgramInsertsAMovie_IsAmongTheNearestSoon()
    {
        const string Address = "/api/similar?like=%23123456&count=1";
        double before = DistanceOf(await Service.GetAsync(Address));
        Catalogue.Execute("INSERT INTO movies (id, title, palette_json) VALUES ('another', 'New', '[[18, 52, 86]]')");

        await Eventually.Holds(async () => DistanceOf(await Service.GetAsync(Address)) == 0);

        Assert.True(before > 0);
        Assert.Equal("another", (await Service.GetAsync(Address)).GetProperty("items")[0].GetProperty("id").GetString());
        Assert.NotEqual(0, DistanceOf(await Service.GetAsync("/api/similar?id=another&count=1")));

        static double DistanceOf(JsonElement found) => found.GetProperty("items")[0].GetProperty("distance").GetDouble();
    }

    [Fact]
    public async Task Retry_OfThePageBehindAProxyWithTls_IsTaken()
    {
        using HttpResponseMessage answer = await Service.RetryAsync(
            "{}", (KeyHeader, Key), ("Origin", "https://movies.example.org"), ("Sec-Fetch-Site", "same-origin"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Damaged_CoverIsReplacedByADamagedOne_IsListedAndCounted()
    {
        string id = Catalogue.Text("SELECT CAST(movie_id AS TEXT) FROM etl_dead_letters WHERE reason = 'truncated'");
        File.WriteAllBytes(Catalogue.PathOf($"covers/{id}.jpg"), DamagedPng.Bytes);
        using HttpResponseMessage answer = await Service.RetryAsync("{}", (KeyHeader, Key));

        JsonElement status = default;
        await Eventually.Holds(async () =>
            (status = await Service.GetAsync("/api/status")).GetProperty("totals").GetProperty("damaged").GetInt64() == 1);
        JsonElement damaged = await Service.GetAsync("/api/damaged?count=1");

        Assert.Equal(1, status.GetProperty("run").GetProperty("damaged").GetInt64());
        Assert.Equal((1, JsonValueKind.Null), (damaged.GetProperty("count").GetInt64(), damaged.GetProperty("next").ValueKind));
        Assert.Equal(id, damaged.GetProperty("items")[0].GetProperty("id").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, await Service.StatusOfAsync("/api/damaged?count=0"));
    }

    [Fact]
    public async Task Events_AListener_HearsStatusAndPalettesAndTheEnd()
    {
        using Stream stream = await Service.Client.GetStreamAsync(new Uri("/api/events", UriKind.Relative));
        using var reader = new StreamReader(stream);
        var events = new List<string>();

        while (!events.Contains("event: palettes") && await reader.ReadLineAsync().WaitAsync(TestTimeout) is { } line)
        {
            events.Add(line);
            if (line == "event: status" && events.Count < 6)
            {
                Catalogue.Execute("UPDATE movies SET palette_json = '' WHERE id = (SELECT min(id) FROM movies WHERE palette_json <> '')");
            }
        }

        Service.Signal(EtlProcess.Terminate);
        string rest = await reader.ReadToEndAsync().WaitAsync(TestTimeout);

        Assert.Contains("event: ending", rest, StringComparison.Ordinal);
        Assert.Equal(0, (await Service.EndAsync()).ExitCode);
    }
}
