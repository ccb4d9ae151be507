using Etl.IntegrationTests.Cluster;
using Etl.IntegrationTests.Run;

namespace Etl.LongTests.Cluster;

/// <summary>Palettes that workers make again.</summary>
[Collection<ClusterSuite>]
public sealed class StaleClusterTests(RabbitBroker broker) : ClusterTest(broker, StaleStory.Movies)
{
    [Fact]
    public async Task Run_StaleWithWorkers_MakesExactlyThoseAgain()
    {
        using var cluster = new TestCluster(Broker, Catalogue.Folder, "etl-stale") { Settings = SmallBatches };
        EtlProcess[] workers = [cluster.StartWorker(), cluster.StartWorker()];
        var story = new StaleStory(
            Catalogue,
            async arguments => await cluster.StartCoordinator(["--report", "report.json", .. arguments]).EndAsync(),
            Catalogue.WholeSettings[2..]);

        await story.TellAsync(async arguments =>
        {
            EtlProcess killed = cluster.StartCoordinator(["--set", "Etl:Write:BatchSize=1", .. arguments]);
            await killed.Logged("Filling in");
            killed.Kill();
            await killed.EndAsync();
        });

        await TestCluster.EndAsync(workers);
    }
}
