using Etl.IntegrationTests.Cluster;
using Etl.IntegrationTests.Run;

namespace Etl.LongTests.Cluster;

/// <summary>A broker that ends or is not there, while coordinator and worker go on.</summary>
[Collection<ClusterSuite>]
public sealed class BrokerRestartTests(RabbitBroker broker) : ClusterTest(broker, movies: 60)
{
    [Theory]
    [InlineData(true, "etl-stopped")]
    [InlineData(false, "etl-powercut")]
    public async Task Run_BrokerRestarts_BothGoOnAndNothingIsMissing(bool inOrder, string queues)
    {
        using TestCluster cluster = Cluster(queues, SmallBatches);
        EtlProcess coordinator = cluster.StartCoordinator();
        EtlProcess worker = cluster.StartWorker();
        await Covers.Requested;

        await Broker.StopAsync(inOrder);
        await coordinator.Logged("cannot be used");
        await worker.Logged("cannot be used");
        await Broker.StartAsync();
        Covers.Open();
        EtlOutput run = await coordinator.EndAsync();

        Assert.Equal((0, 0), (run.ExitCode, Catalogue.Missing));
        worker.Signal(EtlProcess.Terminate);
        Assert.Equal(0, (await worker.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task Run_BrokerIsNotThere_WaitsForIt()
    {
        using TestCluster cluster = Cluster("etl-absent", SmallBatches);
        await Broker.StopAsync(inOrder: true);
        EtlProcess coordinator = cluster.StartCoordinator();
        EtlProcess worker = cluster.StartWorker();
        await coordinator.Logged("cannot be used");
        await worker.Logged("cannot be used");

        await Broker.StartAsync();
        Covers.Open();
        EtlOutput run = await coordinator.EndAsync();

        Assert.Equal((0, 0), (run.ExitCode, Catalogue.Missing));
    }
}
