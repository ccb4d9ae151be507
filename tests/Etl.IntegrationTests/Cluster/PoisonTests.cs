using System.Globalization;
using Etl.IntegrationTests.Recovery;
using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Cluster;

/// <summary>A cover that ends every worker that decodes it.</summary>
public sealed class PoisonTests(RabbitBroker broker) : ClusterTest(broker, Movies)
{
    private const int Movies = 60, Broken = 2;

    public override ValueTask InitializeAsync()
    {
#if !DEBUG
        Assert.Skip("Only a Debug build lets poison take effect.");
#endif
        return base.InitializeAsync();
    }

    [Fact]
    public async Task Run_CoverEndsEveryWorker_IsSetAsideAloneAndLeftAloneFromThenOn()
    {
        File.AppendAllText(Catalogue.PathOf($"covers/{Catalogue.GoodMovie}.jpg"), "poison: crash");
        using var cluster = new TestCluster(Broker, Catalogue.Folder, "etl-poison");

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
        Assert.Equal(8, workers.Tend()); // four that had the batch, four that had the movie alone, and none in the second run
    }

    [Fact]
    public async Task Run_TwoPoisonedCoversAmongMany_ExactlyTheTwoAreGivenUp()
    {
        int movies = Environment.GetEnvironmentVariable("ETL_KILLS") is null ? 500 : 5_000;
        using var catalogue = new ChaosCatalogue(movies, "wal");
        await EtlProcess.RunAsync(catalogue.Folder, ["run", .. ChaosCatalogue.Settings, "--quiet"]);
        var expected = catalogue.Palettes().ToDictionary();
        foreach (string id in ((int[])[movies / 3, movies / 2]).Select(movie => movie.ToString("D7", CultureInfo.InvariantCulture)))
        {
            File.AppendAllText(catalogue.PathOf($"covers/{id}.jpg"), "poison: crash");
            expected[id] = "";
        }

        catalogue.StartOver();
        using var cluster = new TestCluster(Broker, catalogue.Folder, "etl-poisons");
        EtlProcess coordinator = cluster.StartCoordinator();
        var workers = new WorkerPool(3, () => cluster.StartWorker());
        while (!await coordinator.EndsWithin(TimeSpan.FromMilliseconds(20)))
        {
            workers.Tend();
        }

        Assert.Equal(3, (await coordinator.EndAsync()).ExitCode);
        Assert.Equal(expected, catalogue.Palettes());
        Assert.Empty(catalogue.NotWrittenOnce().Except(expected.Where(movie => movie.Value.Length == 0).Select(movie => movie.Key)));
    }
}
