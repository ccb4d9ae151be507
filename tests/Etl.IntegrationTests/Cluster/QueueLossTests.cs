using Etl.IntegrationTests.Run;
using RabbitMQ.Client;

namespace Etl.IntegrationTests.Cluster;

/// <summary>Queues that are lost with all that is in them, or answer no more, while movies wait for their answers.</summary>
[Collection<ClusterSuite>]
public sealed class QueueLossTests(RabbitBroker broker) : IAsyncLifetime
{
    private const int Movies = 60, Askers = 4;
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("ETL_KILLS") is not null;

    private TestCatalogue _catalogue = null!;
    private SlowCovers _covers = null!;

    /// <summary>Each takes most of a minute.</summary>
    public static TheoryData<string> SilentQueues => IsLong ? ["work", "suspect", "results", "returned"] : ["work"];

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

    [Fact]
    public async Task Run_BrokerLosesItsData_WhatIsNotAnsweredIsAskedForAgain()
    {
        using TestCluster cluster = Cluster("etl-lost");
        EtlProcess coordinator = cluster.StartCoordinator();
        EtlProcess worker = cluster.StartWorker();
        await _covers.Asked;

        foreach (string command in (string[])["stop_app", "reset", "start_app"])
        {
            await broker.ControlAsync(command);
        }

        _covers.Open();
        EtlOutput run = await coordinator.EndAsync();

        Assert.Equal((0, 0), (run.ExitCode, _catalogue.Missing));
        worker.Signal(EtlProcess.Terminate);
        Assert.Equal(0, (await worker.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task Run_QueuesAreDeleted_WhatIsNotAnsweredIsAskedForAgain()
    {
        using TestCluster cluster = Cluster("etl-deleted");
        EtlProcess coordinator = cluster.StartCoordinator();
        EtlProcess worker = cluster.StartWorker();
        await _covers.Asked;

        await using (IConnection connection = await broker.ConnectAsync(RabbitBroker.Coordinator))
        await using (IChannel channel = await connection.CreateChannelAsync())
        {
            foreach (string queue in (string[])["work", "suspect", "returned", "results"])
            {
                await channel.QueueDeleteAsync($"etl-deleted.{queue}");
            }
        }

        await coordinator.Told("is gone");
        await worker.Told("is gone");
        _covers.Open();
        EtlOutput run = await coordinator.EndAsync();

        Assert.Equal((0, 0), (run.ExitCode, _catalogue.Missing));
    }

    [Theory]
    [MemberData(nameof(SilentQueues))]
    public async Task Run_QueueGivesNoAnswer_IsDeletedAndCreatedAnew(string queue)
    {
        using TestCluster cluster = Cluster("etl-silent");
        await using (IConnection connection = await broker.ConnectAsync(RabbitBroker.Coordinator))
        await using (IChannel channel = await connection.CreateChannelAsync())
        {
            await new Etl.Cluster.ClusterQueues("etl-silent").DeclareAsync(channel, default);
        }

        // What a broker leaves that is killed while it creates a queue, which takes many attempts to hit.
        await broker.ControlAsync("eval", $"sys:suspend('movies_etl-silent.{queue}').");
        EtlProcess coordinator = cluster.StartCoordinator();
        cluster.StartWorker();
        _covers.Open();
        EtlOutput run = await coordinator.EndAsync();

        Assert.Equal((0, 0), (run.ExitCode, _catalogue.Missing));
        Assert.Contains("It gives no answer.", run.Errors, StringComparison.Ordinal);
        Assert.Contains("They are deleted and created anew", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_QueuesCanNeitherBeCreatedNorDeleted_EndsWithALine()
    {
        Assert.SkipUnless(IsLong, "It takes a minute and a half; ETL_KILLS has it done.");
        const string Supervisor = "ra_server_sup_sup"; // starts and ends all quorum queues
        using TestCluster cluster = Cluster("etl-hopeless");
        await broker.ControlAsync("eval", $"sys:suspend({Supervisor}).");
        EtlOutput run;
        try
        {
            run = await cluster.StartCoordinator().EndAsync(TimeSpan.FromMinutes(4));
        }
        finally
        {
            await broker.ControlAsync("eval", $"sys:resume({Supervisor}).");
        }

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("gives no answer about the queues etl-hopeless.*, nor are they deleted", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(" at Etl.", run.Errors, StringComparison.Ordinal);
    }

    private TestCluster Cluster(string queues) => new(broker, _catalogue.Folder, queues)
    {
        Location = _covers.Location,
        Settings = ["--set", "Etl:Cluster:BatchSize=4", "--set", $"Etl:Fetch:DegreeOfParallelism={Askers}"],
    };
}
