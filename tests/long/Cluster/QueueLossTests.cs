using Etl.Cluster;
using Etl.IntegrationTests.Cluster;
using Etl.IntegrationTests.Run;
using RabbitMQ.Client;

namespace Etl.LongTests.Cluster;

/// <summary>Queues that lose their messages, are lost with the data of the broker, or do not respond, while movies are pending.</summary>
[Collection<ClusterSuite>]
public sealed class QueueLossTests(RabbitBroker broker) : ClusterTest(broker, movies: 60)
{
    [Fact]
    public async Task Run_BrokerLosesItsData_PendingMoviesArePublishedAgain()
    {
        using TestCluster cluster = Cluster("etl-lost", SmallBatches);
        EtlProcess coordinator = cluster.StartCoordinator();
        EtlProcess worker = cluster.StartWorker();
        await Covers.Requested;

        foreach (string command in (string[])["stop_app", "reset", "start_app"])
        {
            await Broker.ControlAsync(command);
        }

        Covers.Open();
        EtlOutput run = await coordinator.EndAsync();

        Assert.Equal((0, 0), (run.ExitCode, Catalogue.Missing));
        worker.Signal(EtlProcess.Terminate);
        Assert.Equal(0, (await worker.EndAsync()).ExitCode);
    }

    [Theory]
    [InlineData("work")]
    [InlineData("suspect")]
    [InlineData("results")]
    [InlineData("returned")]
    public async Task Run_QueueDoesNotRespond_IsDeletedAndDeclaredAgain(string queue)
    {
        using TestCluster cluster = Cluster("etl-silent", SmallBatches);
        await using (IConnection connection = await Broker.ConnectAsync(RabbitBroker.Coordinator))
        await using (IChannel channel = await connection.CreateChannelAsync())
        {
            await new ClusterQueues("etl-silent").DeclareAsync(channel, default);
        }

        // A broker that is killed while it creates a queue may leave it so, but only in one of many attempts.
        await Broker.ControlAsync("eval", $"sys:suspend('movies_etl-silent.{queue}').");
        EtlProcess coordinator = cluster.StartCoordinator();
        cluster.StartWorker();
        Covers.Open();
        EtlOutput run = await coordinator.EndAsync(4 * TestTimeout);

        Assert.Equal((0, 0), (run.ExitCode, Catalogue.Missing));
        Assert.Contains("It does not respond.", run.Errors, StringComparison.Ordinal);
        Assert.Contains("They are deleted and declared again", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_QueuesCanNeitherBeCreatedNorDeleted_EndsWithALine()
    {
        const string Supervisor = "ra_server_sup_sup"; // starts and ends all quorum queues
        using TestCluster cluster = Cluster("etl-hopeless", SmallBatches);
        await Broker.ControlAsync("eval", $"sys:suspend({Supervisor}).");
        EtlOutput run;
        try
        {
            run = await cluster.StartCoordinator().EndAsync(4 * TestTimeout);
        }
        finally
        {
            await Broker.ControlAsync("eval", $"sys:resume({Supervisor}).");
        }

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("does not respond for the queues etl-hopeless.*, and they cannot be deleted. ", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(" at Etl.", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PolicyExpiresWork_PendingMoviesArePublishedAgain()
    {
        await Broker.ControlAsync("set_policy", "-p", "movies", "expiry", "^etl-expired.work$", """{"message-ttl":1}""", "--apply-to", "queues");
        using TestCluster cluster = Cluster("etl-expired", "--set", "Etl:Cluster:ResponseTimeout=00:00:01");
        Covers.Open();
        EtlProcess coordinator = cluster.StartCoordinator();
        await coordinator.Logged("has come back from etl-expired.work without results: a policy of the broker has removed it");

        await Broker.ControlAsync("clear_policy", "-p", "movies", "expiry");
        cluster.StartWorker();
        EtlOutput run = await coordinator.EndAsync();

        Assert.Equal((0, 0), (run.ExitCode, Catalogue.Missing));
    }

    [Fact]
    public async Task Run_QueuesAreDeleted_PendingMoviesArePublishedAgain()
    {
        using TestCluster cluster = Cluster("etl-deleted", SmallBatches);
        EtlProcess coordinator = cluster.StartCoordinator();
        EtlProcess worker = cluster.StartWorker();
        await Covers.Requested;

        await using (IConnection connection = await Broker.ConnectAsync(RabbitBroker.Coordinator))
        await using (IChannel channel = await connection.CreateChannelAsync())
        {
            foreach (string queue in (string[])["work", "suspect", "returned", "results"])
            {
                await channel.QueueDeleteAsync($"etl-deleted.{queue}");
            }
        }

        await coordinator.Logged("is gone");
        await worker.Logged("is gone");
        Covers.Open();
        EtlOutput run = await coordinator.EndAsync();

        Assert.Equal((0, 0), (run.ExitCode, Catalogue.Missing));
    }

    [Theory]
    [InlineData("purged")]
    [InlineData("deleted")]
    public async Task Run_WorkQueueAloneLosesItsMessages_PendingMoviesArePublishedAgain(string how)
    {
        string queues = $"etl-{how}work";
        using TestCluster cluster = Cluster(queues, "--set", "Etl:Cluster:ResponseTimeout=00:00:01");
        Covers.Open();
        EtlProcess coordinator = cluster.StartCoordinator();
        await Eventually.Holds(async () => await Broker.HasQueueAsync($"{queues}.work") && await Broker.CountAsync($"{queues}.work") > 0);

        await using (IConnection connection = await Broker.ConnectAsync(RabbitBroker.Coordinator))
        await using (IChannel channel = await connection.CreateChannelAsync())
        {
            await (how == "purged" ? channel.QueuePurgeAsync($"{queues}.work") : channel.QueueDeleteAsync($"{queues}.work"));
        }

        cluster.StartWorker();
        EtlOutput run = await coordinator.EndAsync();

        Assert.Equal((0, 0), (run.ExitCode, Catalogue.Missing));
    }
}
