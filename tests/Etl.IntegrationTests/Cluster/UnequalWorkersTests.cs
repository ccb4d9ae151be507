using Etl.IntegrationTests.Recovery;
using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Cluster;

/// <summary>Workers that are slower than others, or come later: each takes what it can do, and no more.</summary>
[Collection<WorkerSuite>]
public sealed class UnequalWorkersTests(RabbitBroker broker) : IAsyncLifetime
{
    private const int Movies = 200, Held = 8;

    private ChaosCatalogue _catalogue = null!;
    private SlowCovers _covers = null!;
    private IReadOnlyDictionary<string, string> _expected = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill(2).");
        await broker.NeededAsync();
        _catalogue = new ChaosCatalogue(Movies, "wal");
        await EtlProcess.RunAsync(_catalogue.Folder, ["run", .. ChaosCatalogue.Settings, "--quiet"]);
        _expected = _catalogue.Palettes();
        _catalogue.StartOver();
        _covers = await SlowCovers.StartAsync(Answers.FileOf(_catalogue.PathOf("covers")), requests: Held);
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
    public async Task Run_OneWorkerIsSlow_TheOthersDoAllButWhatItHolds()
    {
        using TestCluster cluster = Cluster("etl-slow");
        EtlProcess coordinator = cluster.StartCoordinator();
        EtlProcess slow = StartSlowWorker(cluster);
        await _covers.Requested;

        EtlProcess[] others = [cluster.StartWorker(), cluster.StartWorker()];
        await Eventually.StaysAt(Held, () => _catalogue.Missing);
        _covers.Open();
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
        _covers.Let(Before);
        await Eventually.Holds(() => _catalogue.Missing < Movies);

        EtlProcess joiner = cluster.StartWorker();
        await Eventually.Holds(() => _catalogue.Missing <= Held);
        _covers.Open();
        EtlOutput run = await coordinator.EndAsync();

        int share = await TestCluster.EndAsync(joiner);
        Assert.InRange(share, Movies - Before - Held, Movies - Before);
        Assert.Equal(Movies - share, await TestCluster.EndAsync(first));
        AssertDone(run);
    }

    private void AssertDone(EtlOutput run)
    {
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(_expected, _catalogue.Palettes());
        Assert.Empty(_catalogue.NotWrittenOnce());
    }

    private EtlProcess StartSlowWorker(TestCluster cluster) =>
        cluster.StartWorker("--set", $"Etl:Fetch:Locations:0={_covers.Location}");

    /// <summary>Each worker requests all the covers at once that it holds; batches of one are never short.</summary>
    private TestCluster Cluster(string queues) => new(broker, _catalogue.Folder, queues)
    {
        Settings =
        [
            "--set", "Etl:Cluster:BatchSize=1", "--set", $"Etl:Cluster:Prefetch={Held}",
            "--set", $"Etl:Fetch:DegreeOfParallelism={Held}", "--set", "Etl:Write:FlushInterval=00:00:00.1",
        ],
    };
}
