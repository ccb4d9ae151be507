using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Cluster;

/// <summary>Real processes around a real broker, and nothing that goes wrong.</summary>
[Collection<ClusterSuite>]
public sealed class ClusterRunTests(RabbitBroker broker) : IAsyncLifetime
{
    private const int Movies = 200;

    private TestCatalogue _catalogue = null!;

    public async ValueTask InitializeAsync()
    {
        await broker.NeededAsync();
        _catalogue = new TestCatalogue(Movies);
    }

    public ValueTask DisposeAsync()
    {
        _catalogue?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("ColorThief")]
    [InlineData("Oklab")]
    public async Task Run_ThreeWorkers_LeavesTheDatabaseOfALocalRun(string algorithm)
    {
        string[] settings = ["--set", $"Etl:Quantize:Algorithm={algorithm}"];
        File.Copy(_catalogue.PathOf("movies.db"), _catalogue.PathOf("local.db"));
        EtlOutput local = await EtlProcess.RunAsync(
            _catalogue.Folder, ["run", .. TestCatalogue.Settings, "--set", "Etl:Query:Database=local.db", "--quiet", .. settings]);
        using var cluster = new TestCluster(broker, _catalogue.Folder, "etl-run");

        // The algorithm is the coordinator's to choose; the workers have not been told.
        EtlProcess coordinator = cluster.StartCoordinator(["--report", "report.json", .. settings]);
        EtlProcess[] workers = [cluster.StartWorker(), cluster.StartWorker(), cluster.StartWorker()];
        EtlOutput run = await coordinator.EndAsync();

        Assert.Equal((3, 3), (local.ExitCode, run.ExitCode));
        CatalogueContent.AssertEqual(_catalogue.PathOf("local.db"), _catalogue.PathOf("movies.db"));
        Assert.Equal(Movies, _catalogue.Report("report.json")["read"]);
        Assert.Equal(Movies, await TestCluster.EndAsync(workers));
        Assert.Equal((0U, 0U), (await broker.CountAsync("etl-run.work"), await broker.CountAsync("etl-run.results")));
    }

    [Fact]
    public async Task Run_PostersOfTheReference_LeavesTheDatabaseOfALocalRun()
    {
        Assert.SkipWhen(ReferenceImages.Folder is null, ReferenceImages.Absent);
        using var posters = new Library.PosterCatalogue(Path.Combine(ReferenceImages.Folder!, "covers"));
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

    [Fact]
    public async Task ClusterStatus_WorkIsUnderWay_ShowsQueuesAndWorkers()
    {
        await using SlowCovers covers = await SlowCovers.StartAsync(_catalogue.GoodCover(), askers: 4);
        using var cluster = new TestCluster(broker, _catalogue.Folder, "etl-status")
        {
            Location = covers.Location,
            Settings = ["--set", "Etl:Cluster:Prefetch=1"],
        };
        EtlProcess coordinator = cluster.StartCoordinator();
        cluster.StartWorker();
        await covers.Asked;

        EtlOutput text = await cluster.StartStatus().EndAsync();
        EtlOutput json = await cluster.StartStatus("--json").EndAsync();
        covers.Open();

        Assert.Matches("127.0.0.1:[0-9]+: 1 workers", text.Output);
        Assert.Matches("etl-status.work +1[0-9] +1", text.Output);
        Assert.Matches("""{"queue":"etl-status.work","waiting":1[0-9],"consumers":1}""", json.Output);
        Assert.Equal(0, (await coordinator.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task Run_WorkersStartFirst_TheyWaitForTheQueues()
    {
        using var cluster = new TestCluster(broker, _catalogue.Folder, "etl-first");
        EtlProcess worker = cluster.StartWorker();
        await worker.Told("no queue");

        EtlProcess coordinator = cluster.StartCoordinator();
        EtlOutput run = await coordinator.EndAsync();

        Assert.Equal((3, 2), (run.ExitCode, _catalogue.Missing));
        Assert.Equal(Movies, await TestCluster.EndAsync(worker));
    }
}
