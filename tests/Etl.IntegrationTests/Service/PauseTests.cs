using System.Net;
using System.Text.Json;
using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Service;

public sealed class PauseTests : IDisposable
{
    private readonly TestCatalogue _catalogue = new(movies: 20);

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task Pause_NewMovie_WaitsUntilTheServiceIsResumed()
    {
        await using ServiceProcess service = await ServiceProcess.StartAsync(_catalogue, "--set", "Etl:Service:PollInterval=00:00:00.050");
        await Eventually.Holds(() => _catalogue.Missing == 2);
        await Eventually.Holds(async () => (await StatusAsync(service)).GetProperty("catalogue").ValueKind == JsonValueKind.Object);

        Assert.Equal((HttpStatusCode.OK, "paused"), await ChangeAsync(service, "pause"));
        _catalogue.Execute($"UPDATE movies SET palette_json = NULL WHERE id = '{_catalogue.GoodMovie}'");
        await Eventually.Holds(async () => (await StatusAsync(service)).GetProperty("catalogue").GetProperty("pending").GetInt32() == 1);
        JsonElement paused = await StatusAsync(service);
        string metrics = await service.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        HttpStatusCode ready = await service.StatusOfAsync("/health/ready");
        long missing = _catalogue.Missing;
        Assert.NotEqual("paused", (await ChangeAsync(service, "resume")).State);

        await Eventually.Holds(() => _catalogue.Missing == 2);
        Assert.Equal(("paused", 3, HttpStatusCode.OK), (paused.GetProperty("state").GetString(), missing, ready));
        Assert.NotEqual(JsonValueKind.Null, paused.GetProperty("pausedAt").ValueKind);
        Assert.Matches("(?m)^etl_service_state{.*paused.*} 1", metrics);
        await Eventually.Holds(async () => (await StatusAsync(service)).GetProperty("pausedAt").ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public async Task Pause_DuringARun_SettlesTheMoviesInFlightAndReadsTheOthersLater()
    {
        await using SlowCovers covers = await SlowCovers.StartAsync(_catalogue.GoodCover(), requests: 2);
        await using ServiceProcess service = await ServiceProcess.StartAsync(
            _catalogue,
            "--set", $"Etl:Fetch:Locations:0={covers.Location}",
            "--set", "Etl:Fetch:DegreeOfParallelism=2",
            "--set", "Etl:Fetch:BoundedCapacity=2",
            "--set", "Etl:Write:BatchSize=1");
        await covers.Requested;

        await ChangeAsync(service, "pause");
        covers.Open();
        await Eventually.Holds(async () => (await StatusAsync(service)).GetProperty("run") is { ValueKind: JsonValueKind.Object } run
            && run.GetProperty("ending").GetString() == "drained");
        long missing = _catalogue.Missing;
        await ChangeAsync(service, "resume");

        await Eventually.Holds(() => _catalogue.Missing == 0);
        Assert.InRange(missing, 1, 18);
    }

    [Fact]
    public async Task Pause_ServiceStops_DrainsWithExitCode0()
    {
        await using ServiceProcess service = await ServiceProcess.StartAsync(_catalogue);
        await Eventually.Holds(() => _catalogue.Missing == 2);
        await ChangeAsync(service, "pause");

        EtlOutput ended = await service.StopAsync();

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("The service is paused", ended.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    public async Task Pause_KeyIsMissingOrPageIsForeign_IsRefused(string change)
    {
        await using ServiceProcess service = await ServiceProcess.StartAsync(_catalogue, "--set", $"Etl:Service:ApiKey={EndpointService.Key}");

        Assert.Equal(HttpStatusCode.Unauthorized, (await ChangeAsync(service, change)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await ChangeAsync(service, change, (EndpointService.KeyHeader, EndpointService.Key), ("Origin", "http://elsewhere"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await ChangeAsync(service, change, (EndpointService.KeyHeader, EndpointService.Key))).Status);
    }

    private static Task<JsonElement> StatusAsync(ServiceProcess service) => service.GetAsync("/api/status");

    private static async Task<(HttpStatusCode Status, string? State)> ChangeAsync(
        ServiceProcess service, string change, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/{change}");
        foreach ((string name, string value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using HttpResponseMessage response = await service.Client.SendAsync(request);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return (response.StatusCode, body.RootElement.TryGetProperty("state", out JsonElement state) ? state.GetString() : null);
    }
}
