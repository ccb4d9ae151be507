using Etl.IntegrationTests;
using Etl.IntegrationTests.Cluster;
using Etl.IntegrationTests.Library;
using Etl.IntegrationTests.Run;

namespace Etl.LongTests.Cluster;

/// <summary>Real posters on three workers.</summary>
[Collection<ClusterSuite>]
public sealed class PosterTests(RabbitBroker broker)
{
    [Fact]
    public async Task Run_PostersOfTheReference_LeavesTheDatabaseOfALocalRun()
    {
        Assert.SkipWhen(ReferenceImages.Folder is null, ReferenceImages.Absent);
        await broker.NeededAsync();
        using var posters = new PosterCatalogue(Path.Combine(ReferenceImages.Folder!, "covers"));
        File.Copy(posters.PathOf("movies.db"), posters.PathOf("local.db"));
        await EtlProcess.RunAsync(
            posters.Folder, "run", "--quiet", "--set", "Etl:Query:Database=local.db", "--set", $"Etl:Fetch:Locations:0={posters.Location}");
        using var cluster = new TestCluster(broker, posters.Folder, "etl-posters") { Location = posters.Location };

        EtlProcess coordinator = cluster.StartCoordinator();
        EtlProcess[] workers = [cluster.StartWorker(), cluster.StartWorker(), cluster.StartWorker()];
        EtlOutput run = await coordinator.EndAsync();

        Assert.InRange(run.ExitCode, 0, 3);
        CatalogueContent.AssertEqual(posters.PathOf("local.db"), posters.PathOf("movies.db"));
        await TestCluster.EndAsync(workers);
    }
}
