using Etl.IntegrationTests.Cluster;
using Etl.IntegrationTests.Run;

namespace Etl.LongTests.Cluster;

/// <summary>A broker that closes connections or takes nothing, while coordinator and worker go on.</summary>
[Collection<ClusterSuite>]
public sealed class BrokerFailureTests(RabbitBroker broker) : ClusterTest(broker, movies: 60)
{
    [Fact]
    public async Task Run_BrokerIsShortOfMemory_WaitsAndSaysSo()
    {
        using TestCluster cluster = Cluster("etl-alarm", SmallBatches);
        EtlProcess coordinator = cluster.StartCoordinator();
        EtlProcess worker = cluster.StartWorker();
        await Covers.Requested;

        await Broker.ControlAsync("set_vm_memory_high_watermark", "0.00001");
        try
        {
            Covers.Open();
            await worker.Logged("accepts no messages"); // sent to connections that publish
        }
        finally
        {
            await Broker.ControlAsync("set_vm_memory_high_watermark", "0.4");
        }

        EtlOutput run = await coordinator.EndAsync();

        Assert.Equal((0, 0), (run.ExitCode, Catalogue.Missing));
        await worker.Logged("accepts messages again.");
    }

    [Fact]
    public async Task Run_AllConnectionsAreClosed_AreOpenedAgain()
    {
        using TestCluster cluster = Cluster("etl-closed", SmallBatches);
        EtlProcess coordinator = cluster.StartCoordinator();
        EtlProcess worker = cluster.StartWorker();
        await Covers.Requested;

        await Broker.ControlAsync("close_all_connections", "--vhost", "movies", "a test");
        await coordinator.Logged("cannot be used");
        await worker.Logged("cannot be used");
        Covers.Open();
        EtlOutput run = await coordinator.EndAsync();

        Assert.Equal((0, 0), (run.ExitCode, Catalogue.Missing));
    }

    [Fact]
    public async Task Run_CoversTakeLongerThanTheBrokerWaits_NobodyIsGivenUp()
    {
        await LimitDeliveriesAsync(milliseconds: 2_000, tick: 500);
        try
        {
            using TestCluster cluster = Cluster("etl-timeout", SmallBatches);
            EtlProcess coordinator = cluster.StartCoordinator();
            EtlProcess worker = cluster.StartWorker();
            await Covers.Requested;

            await worker.Logged("timeout"); // the broker's words for a closed channel
            await worker.Logged(" again.");
            Covers.Open();
            EtlOutput run = await coordinator.EndAsync();

            Assert.Equal((0, 0), (run.ExitCode, Catalogue.Missing));
        }
        finally
        {
            await LimitDeliveriesAsync(milliseconds: 1_800_000, tick: 60_000);
        }
    }

    /// <summary>Sets how long the broker waits for an acknowledgement, and how often it checks; for channels that are opened later.</summary>
    private Task LimitDeliveriesAsync(int milliseconds, int tick) => Broker.ControlAsync(
        "eval",
        $"application:set_env(rabbit, consumer_timeout, {milliseconds}), application:set_env(rabbit, channel_tick_interval, {tick}).");
}
