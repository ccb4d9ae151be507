using Etl.IntegrationTests.Cluster;
using Etl.IntegrationTests.Run;

namespace Etl.LongTests.Cluster;

/// <summary>Workers that are slower than others, or come later: each takes what it can do, and no more.</summary>
[Collection<ClusterSuite>]
public sealed class UnequalWorkersTests(RabbitBroker broker) : ComparedRun(broker, Movies, Held)
{
    private const int Movies = 200, Held = 8;

    [Fact]
    public async Task Run_OneWorkerIsSlow_TheOthersDoAllButWhatItHolds()
    {
        using TestCluster cluster = Cluster("etl-slow");
        EtlProcess coordinator = cluster.StartCoordinator();
        EtlProcess slow = StartSlowWorker(cluster);
        await Covers.Requested;

        EtlProcess[] others = [cluster.StartWorker(), cluster.StartWorker()];
        await Eventually.StaysAt(Held, () => Catalogue.Missing);
        Covers.Open();
        EtlOutput run = await coordinator.EndAsync();

        Assert.Equal((Held, Movies - Held), (await TestCluster.EndAsync(slow), await TestCluster.EndAsync(others)));
        AssertDone(run);
    }

    [Fact]
    public async Task Run_WorkerJoinsMidway_TakesItsShare()
    {
        const int Before = 40;
        using TestCluster cluster = Cluster("etl-joined");
        EtlProcess coordinator = cluster.StartCoordinator();
        EtlProcess first = StartSlowWorker(cluster);
        Covers.Let(Before);
        await Eventually.Holds(() => Catalogue.Missing < Movies);

        EtlProcess joiner = cluster.StartWorker();
        await Eventually.Holds(() => Catalogue.Missing <= Held);
        Covers.Open();
        EtlOutput run = await coordinator.EndAsync();

        int share = await TestCluster.EndAsync(joiner);
        Assert.InRange(share, Movies - Before - Held, Movies - Before);
        Assert.Equal(Movies - share, await TestCluster.EndAsync(first));
        AssertDone(run);
    }

    private EtlProcess StartSlowWorker(TestCluster cluster) =>
        cluster.StartWorker("--set", $"Etl:Fetch:Locations:0={Covers.Location}");

    /// <summary>Each worker requests all the covers at once that it holds; batches of one are never short.</summary>
    private TestCluster Cluster(string queues) => new(Broker, Catalogue.Folder, queues)
    {
        Settings =
        [
            "--set", "Etl:Cluster:BatchSize=1", "--set", $"Etl:Cluster:Prefetch={Held}",
            "--set", $"Etl:Fetch:DegreeOfParallelism={Held}", "--set", "Etl:Write:FlushInterval=00:00:00.1",
        ],
    };
}
