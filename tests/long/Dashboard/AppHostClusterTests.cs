using Etl.IntegrationTests.Cluster;

namespace Etl.LongTests.Dashboard;

/// <summary>The app host with a broker: two workers extract the palettes of the service's movies.</summary>
[Collection<ClusterSuite>]
public sealed class AppHostClusterTests(RabbitBroker broker)
{
    [Fact]
    public async Task AppHost_WithBroker_ShowsTwoWorkers()
    {
        await broker.NeededAsync();
        await using AppHostProcess host = await AppHostProcess.StartAsync(
            password: RabbitBroker.Password,
            arguments: $"--Etl:Cluster:Broker={broker.Address(RabbitBroker.Coordinator)}");

        await Eventually.Holds(async () => await host.AskAsync("resources") is { } all
            && all.EnumerateArray().Select(resource => resource.GetProperty("name").GetString()).Order().SequenceEqual(["etl", "worker", "worker"]));
        await Eventually.Holds(async () => (await host.SpansAsync()).Any(span => span.GetProperty("name").GetString() == "etl.extract"));

        await host.EndAsync();
    }
}
