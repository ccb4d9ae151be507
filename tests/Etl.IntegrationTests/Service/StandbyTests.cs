using System.Net;
using System.Text.Json;
using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Service;

/// <summary>Two services on one catalogue.</summary>
public sealed class StandbyTests : IDisposable
{
    private readonly TestCatalogue _catalogue = new(movies: 20);

    public void Dispose() => _catalogue.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Serve_AnotherServiceLeads_StandsByAndTakesOverWhenThatEnds(bool isKilled)
    {
        await using ServiceProcess leader = await ServiceProcess.StartAsync(_catalogue);
        await Eventually.Holds(() => _catalogue.Missing == 2);
        await using ServiceProcess other = await ServiceProcess.StartAsync(_catalogue);
        await other.Logged("this one stands by");
        JsonElement status = await StandbyAsync(other);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await other.StatusOfAsync("/health/ready"));
        Assert.Equal(HttpStatusCode.OK, await leader.StatusOfAsync("/health/ready"));

        if (isKilled)
        {
            leader.Kill();
        }

        await (isKilled ? leader.EndAsync() : leader.StopAsync());
        await other.Logged("This one leads now");
        _catalogue.Execute($"UPDATE movies SET palette_json = NULL WHERE id = '{_catalogue.GoodMovie}'");

        await Eventually.Holds(() => _catalogue.Missing == 2);
        await Eventually.Holds(async () => await other.StatusOfAsync("/health/ready") == HttpStatusCode.OK);
        Assert.Matches("^Another service leads this catalogue and holds movies.db-service-[0-9a-f]{8}, so this one stands by.$", status.GetProperty("standby").GetString());
        Assert.Equal(0, status.GetProperty("totals").GetProperty("runs").GetInt32());
    }

    [Fact]
    public async Task Serve_StandsBy_EndsAtASignal()
    {
        await using ServiceProcess leader = await ServiceProcess.StartAsync(_catalogue);
        await Eventually.Holds(() => _catalogue.Missing == 2);
        await using ServiceProcess other = await ServiceProcess.StartAsync(_catalogue);
        await StandbyAsync(other);

        Assert.Equal(0, (await other.StopAsync()).ExitCode);
    }

    [Fact]
    public async Task Serve_OtherColumnOfTheSameTable_LeadsToo()
    {
        _catalogue.Execute("ALTER TABLE movies ADD COLUMN other TEXT");
        await using ServiceProcess one = await ServiceProcess.StartAsync(_catalogue);
        await using ServiceProcess two = await ServiceProcess.StartAsync(_catalogue, "--set", "Etl:Query:PaletteColumn=other");

        await Eventually.Holds(() => _catalogue.Missing == 2);
        await Eventually.Holds(() => _catalogue.Scalar("SELECT count(*) FROM movies WHERE other IS NULL") == 2);
    }

    private static async Task<JsonElement> StandbyAsync(ServiceProcess service)
    {
        JsonElement status = default;
        await Eventually.Holds(async () => (status = await service.GetAsync("/api/status")).GetProperty("state").GetString() == "standby");
        return status;
    }
}
