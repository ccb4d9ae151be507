using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Cluster;

/// <summary>A broker that ends, is not there, or takes nothing, while coordinator and worker go on.</summary>
[Collection<ClusterSuite>]
public sealed class BrokerFailureTests(RabbitBroker broker) : IAsyncLifetime
{
    private const int Movies = 60, Askers = 4;

    private TestCatalogue _catalogue = null!;
    private SlowCovers _covers = null!;

    public async ValueTask InitializeAsync()
    {
        await broker.NeededAsync();
        _catalogue = new TestCatalogue(Movies);
        _covers = await SlowCovers.StartAsync(_catalogue.GoodCover(), Askers);
    }

    public async ValueTask DisposeAsync()
    {
        _catalogue?.Dispose();
        if (_covers is not null)
        {
            await _covers.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(true, "etl-stopped")]
    [InlineData(false, "etl-powercut")]
    public async Task Run_BrokerRestarts_BothGoOnAndNothingIsMissing(bool inOrder, string queues)
    {
        using TestCluster cluster = Cluster(queues);
        EtlProcess coordinator = cluster.StartCoordinator();
        EtlProcess worker = cluster.StartWorker();
        await _covers.Asked;

        await broker.StopAsync(inOrder);
        await coordinator.Told("cannot be used");
        await worker.Told("cannot be used");
        await broker.StartAsync();
        _covers.Open();
        EtlOutput run = await coordinator.EndAsync();

        Assert.Equal((0, 0), (run.ExitCode, _catalogue.Missing));
        worker.Signal(EtlProcess.Terminate);
        Assert.Equal(0, (await worker.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task Run_BrokerIsNotThere_WaitsForIt()
    {
        using TestCluster cluster = Cluster("etl-absent");
        await broker.StopAsync(inOrder: true);
        EtlProcess coordinator = cluster.StartCoordinator();
        EtlProcess worker = cluster.StartWorker();
        await coordinator.Told("cannot be used");
        await worker.Told("cannot be used");

        await broker.StartAsync();
        _covers.Open();
        EtlOutput run = await coordinator.EndAsync();

        Assert.Equal((0, 0), (run.ExitCode, _catalogue.Missing));
    }

    [Fact]
    public async Task Run_BrokerIsShortOfMemory_WaitsAndSaysSo()
    {
        using TestCluster cluster = Cluster("etl-alarm");
        EtlProcess coordinator = cluster.StartCoordinator();
        EtlProcess worker = cluster.StartWorker();
        await _covers.Asked;

        await broker.ControlAsync("set_vm_memory_high_watermark", "0.00001");
        try
        {
            _covers.Open();
            await worker.Told("takes no messages"); // told to whoever publishes
        }
        finally
        {
            await broker.ControlAsync("set_vm_memory_high_watermark", "0.4");
        }

        EtlOutput run = await coordinator.EndAsync();

        Assert.Equal((0, 0), (run.ExitCode, _catalogue.Missing));
        await worker.Told("takes messages again");
    }

    [Fact]
    public async Task Run_AllConnectionsAreClosed_AreOpenedAgain()
    {
        using TestCluster cluster = Cluster("etl-closed");
        EtlProcess coordinator = cluster.StartCoordinator();
        EtlProcess worker = cluster.StartWorker();
        await _covers.Asked;

        await broker.ControlAsync("close_all_connections", "--vhost", "movies", "a test");
        await coordinator.Told("cannot be used");
        await worker.Told("cannot be used");
        _covers.Open();
        EtlOutput run = await coordinator.EndAsync();

        Assert.Equal((0, 0), (run.ExitCode, _catalogue.Missing));
    }

    private TestCluster Cluster(string queues, params string[] settings) => new(broker, _catalogue.Folder, queues)
    {
        Location = _covers.Location,
        Settings = ["--set", "Etl:Cluster:BatchSize=4", "--set", $"Etl:Fetch:DegreeOfParallelism={Askers}", .. settings],
    };
}
