using Etl.IntegrationTests.Run;
using RabbitMQ.Client;

namespace Etl.IntegrationTests.Cluster;

/// <summary>Queues that lose their messages, while movies are pending.</summary>
[Collection<WorkerSuite>]
public sealed class QueueLossTests(RabbitBroker broker) : ClusterTest(broker, movies: 60)
{
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
