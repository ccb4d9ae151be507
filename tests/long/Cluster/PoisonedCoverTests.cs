using Etl.IntegrationTests.Cluster;
using Etl.IntegrationTests.Run;

namespace Etl.LongTests.Cluster;

/// <summary>A cover that ends every worker that decodes it.</summary>
[Collection<ClusterSuite>]
public sealed class PoisonedCoverTests(RabbitBroker broker) : ClusterTest(broker, Movies)
{
    private const int Movies = 60, Broken = 2;

    [Fact]
    public async Task Run_CoverEndsEveryWorker_IsSetAsideAloneAndLeftAloneFromThenOn()
    {
        File.AppendAllText(Catalogue.PathOf($"covers/{Catalogue.GoodMovie}.jpg"), "poison: crash");
        using var cluster = new TestCluster(Broker, Catalogue.Folder, "etl-poison")
        {
            IsPoisoned = true,
            Settings =
            [
                "--set", "Etl:Cluster:ResponseTimeout=00:10:00", // a request that is repeated has no redeliveries
                "--set", "Etl:Cluster:BatchSize=4",
            ],
        };

        EtlProcess first = cluster.StartCoordinator();
        var workers = new WorkerPool(1, () => cluster.StartWorker());
        while (!await first.EndsWithin(TimeSpan.FromMilliseconds(20)))
        {
            workers.Tend();
        }

        EtlOutput run = await first.EndAsync();
        EtlProcess second = cluster.StartCoordinator("--report", "report.json");
        EtlOutput next = await second.EndAsync();

        Assert.Equal((3, 3), (run.ExitCode, next.ExitCode));
        Assert.Equal(Catalogue.GoodMovie, Catalogue.Text("SELECT group_concat(movie_id) FROM etl_dead_letters WHERE reason = 'crashed'"));
        Assert.Equal(Broken + 1, Catalogue.Missing);
        Assert.Equal(Broken + 1, Catalogue.Report("report.json")["skipped"]);
        Assert.Equal(2, workers.Tend()); // the third decodes the covers of the batch in separate processes
    }
}
