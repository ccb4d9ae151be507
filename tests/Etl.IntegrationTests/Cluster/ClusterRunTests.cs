using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Cluster;

/// <summary>Real processes around a real broker, and nothing that goes wrong.</summary>
[Collection<ClusterSuite>]
public sealed class ClusterRunTests(RabbitBroker broker) : ClusterTest(broker, Movies)
{
    private const int Movies = 200;

    [Theory]
    [InlineData("ColorThief")]
    [InlineData("Oklab")]
    public async Task Run_ThreeWorkers_LeavesTheDatabaseOfALocalRun(string algorithm)
    {
        string[] settings = ["--set", $"Etl:Quantize:Algorithm={algorithm}"];
        File.WriteAllBytes(Directory.EnumerateFiles(Catalogue.PathOf("covers")).MaxBy(file => new FileInfo(file).Length)!, DamagedPng.Bytes);
        File.Copy(Catalogue.PathOf("movies.db"), Catalogue.PathOf("local.db"));
        EtlOutput local = await EtlProcess.RunAsync(
            Catalogue.Folder, ["run", .. TestCatalogue.Settings, "--set", "Etl:Query:Database=local.db", "--quiet", .. settings]);
        using var cluster = new TestCluster(Broker, Catalogue.Folder, "etl-run");

        // The algorithm is set for the coordinator alone.
        EtlProcess coordinator = cluster.StartCoordinator(["--report", "report.json", .. settings]);
        EtlProcess[] workers =
        [
            cluster.StartWorker(),
            cluster.StartWorker(),
            cluster.StartWorker("--set", "Etl:Quantize:Algorithm=Oklab", "--set", "Etl:Quantize:PopulationColumn=shares"),
        ];
        EtlOutput run = await coordinator.EndAsync();

        Assert.Equal((3, 3), (local.ExitCode, run.ExitCode));
        CatalogueContent.AssertEqual(Catalogue.PathOf("local.db"), Catalogue.PathOf("movies.db"));
        Assert.Equal(Movies, Catalogue.Report("report.json")["read"]);
        Assert.Equal(1, Catalogue.Scalar("SELECT count(*) FROM etl_damaged WHERE message LIKE '%tEXt%' AND cover_size > 0"));
        Assert.Equal(Movies, await TestCluster.EndAsync(workers));
        Assert.Equal((0U, 0U), (await Broker.CountAsync("etl-run.work"), await Broker.CountAsync("etl-run.results")));
    }

    [Fact]
    public async Task Run_LocationsInAColumn_TravelToTheWorkers()
    {
        Catalogue.Execute("ALTER TABLE movies ADD COLUMN poster TEXT; UPDATE movies SET poster = '/' || id || '.jpg' WHERE rowid > 1");
        using var cluster = new TestCluster(Broker, Catalogue.Folder, "etl-column") { Location = "covers{cover}" };

        EtlProcess coordinator = cluster.StartCoordinator("--report", "report.json", "--set", "Etl:Query:CoverColumn=poster");
        EtlProcess[] workers = [cluster.StartWorker(), cluster.StartWorker()]; // one alone would wait for a second one's word
        EtlOutput run = await coordinator.EndAsync();

        Assert.Equal(3, run.ExitCode);
        Assert.Equal(Movies - 3, Catalogue.Report("report.json")["written"]); // two covers are broken
        Assert.Contains("has no value of Etl:Query:CoverColumn", Catalogue.Text("SELECT message FROM etl_dead_letters WHERE stage = 'fetch'"), StringComparison.Ordinal);
        Assert.Equal(Movies + 1, await TestCluster.EndAsync(workers));
    }

    [Fact]
    public async Task ClusterStatus_WorkIsUnderWay_ShowsQueuesAndWorkers()
    {
        using TestCluster cluster = Cluster("etl-status", "--set", "Etl:Cluster:Prefetch=1");
        EtlProcess coordinator = cluster.StartCoordinator();
        cluster.StartWorker();
        await Eventually.Holds(() => Covers.Requests > 0); // the first message may hold one movie

        EtlProcess paused = cluster.StartWorker("--set", "Etl:Fetch:Locations:0=nowhere/{id}.jpg");
        await paused.Logged("Connected");
        string text = "";
        await Eventually.Holds(async () =>
        {
            text = (await cluster.StartStatus().EndAsync()).Output;
            return text.Contains(" working ", StringComparison.Ordinal) && text.Contains(" paused ", StringComparison.Ordinal);
        });
        EtlOutput json = await cluster.StartStatus("--json").EndAsync();
        Covers.Open();

        Assert.Matches("etl-status.work +1[0-9] +1", text);
        Assert.Matches($@"{Environment.MachineName}/[0-9]+ +[0-9.]+ +working +0\.0 +0 +none", text);
        Assert.Matches(@" paused .*\s+No location of covers is available: .*nowhere/\{id}\.jpg \(the folder does not exist\)\. Check Etl:Fetch:Locations\.", text);
        Assert.Matches("""{"worker":"[0-9a-f]{16}","host":".*","state":"working","problem":null,"movies":0,"moviesPerSecond":0,"reasons":\[\]}""", json.Output);
        Assert.Matches("""{"queue":"etl-status.work","waiting":1[0-9],"consumers":1}""", json.Output);
        Assert.Equal(0, (await coordinator.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task Run_RowsReplacedWhileWorkersHaveThem_FillsThemById()
    {
        using TestCluster cluster = Cluster("etl-replaced");
        EtlProcess coordinator = cluster.StartCoordinator("--report", "report.json");
        cluster.StartWorker();
        await Covers.Requested;

        Catalogue.Execute("INSERT OR REPLACE INTO movies SELECT * FROM movies");
        Covers.Open();

        Assert.Equal((0, 0), ((await coordinator.EndAsync()).ExitCode, Catalogue.Missing));
        Assert.Equal(Movies, Catalogue.Report("report.json")["written"]);
    }

    [Fact]
    public async Task Run_WorkersStartFirst_TheyWaitForTheQueues()
    {
        using var cluster = new TestCluster(Broker, Catalogue.Folder, "etl-first");
        EtlProcess worker = cluster.StartWorker();
        await worker.Logged("no queue");

        EtlProcess coordinator = cluster.StartCoordinator();
        EtlOutput run = await coordinator.EndAsync();

        Assert.Equal((3, 2), (run.ExitCode, Catalogue.Missing));
        Assert.Equal(Movies, await TestCluster.EndAsync(worker));
    }
}
