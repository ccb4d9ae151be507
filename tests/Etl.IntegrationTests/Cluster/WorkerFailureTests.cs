using System.Diagnostics;
using System.Globalization;
using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Cluster;

/// <summary>Workers that die, freeze or leave while they have movies in hand.</summary>
[Collection<ClusterSuite>]
public sealed class WorkerFailureTests(RabbitBroker broker, ITestOutputHelper output) : IAsyncLifetime
{
    private const int Movies = 40, Held = 8, Freeze = 19;

    private TestCatalogue _catalogue = null!;
    private SlowCovers _covers = null!;

    public async ValueTask InitializeAsync()
    {
        await broker.NeededAsync();
        _catalogue = new TestCatalogue(Movies);
        _covers = await SlowCovers.StartAsync(_catalogue.GoodCover(), Held);
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
    public async Task Run_WorkerIsKilled_ItsMoviesAreDoneElsewhere()
    {
        using TestCluster cluster = Cluster("etl-killed");

        await LoseAsync(cluster, worker => worker.Kill(), "killed");
    }

    [Fact]
    public async Task Run_WorkerIsFrozen_ItsMoviesAreDoneElsewhere()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill(2).");
        using TestCluster cluster = Cluster("etl-frozen", "--set", "Etl:Cluster:Heartbeat=00:00:02");

        await LoseAsync(cluster, worker => worker.Signal(Freeze), "frozen");
    }

    [Fact]
    public async Task Worker_IsToldToEnd_FinishesWhatItHoldsAndTakesNoMore()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill(2).");
        using TestCluster cluster = Cluster("etl-drained");
        EtlProcess coordinator = cluster.StartCoordinator();
        EtlProcess worker = cluster.StartWorker();
        await _covers.Asked;

        worker.Signal(EtlProcess.Terminate);
        await worker.Told("Draining");
        _covers.Open();
        EtlOutput ended = await worker.EndAsync();
        cluster.StartWorker();
        EtlOutput run = await coordinator.EndAsync();

        Assert.Equal((0, 0, 0), (ended.ExitCode, run.ExitCode, _catalogue.Missing));
        Assert.InRange(ClusterOutput.Answered(ended), Held, Movies - 1);
    }

    [Fact]
    public async Task Worker_IsToldToEndTwice_HandsBackWhatItHolds()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill(2).");
        using TestCluster cluster = Cluster("etl-aborted");
        EtlProcess coordinator = cluster.StartCoordinator();
        EtlProcess worker = cluster.StartWorker();
        await _covers.Asked;

        worker.Signal(EtlProcess.Terminate);
        await worker.Told("Draining");
        worker.Signal(EtlProcess.Terminate);
        EtlOutput ended = await worker.EndAsync();
        cluster.StartWorker();
        _covers.Open();
        EtlOutput run = await coordinator.EndAsync();

        Assert.Equal((143, 0, 0), (ended.ExitCode, run.ExitCode, _catalogue.Missing));
        Assert.Equal(0, ClusterOutput.Answered(ended));
    }

    /// <summary>Ends a worker while all movies that are left are in its hands, and measures until they are in another's.</summary>
    private async Task LoseAsync(TestCluster cluster, Action<EtlProcess> lose, string how)
    {
        await using SlowCovers others = await SlowCovers.StartAsync(_catalogue.GoodCover(), Held);
        others.Open();
        EtlProcess coordinator = cluster.StartCoordinator();
        EtlProcess lost = cluster.StartWorker();
        await _covers.Asked;
        cluster.StartWorker("--set", $"Etl:Fetch:Locations:0={others.Location}");
        await Eventually.StaysAt(Held, () => (int)_catalogue.Missing);

        lose(lost);
        long since = Stopwatch.GetTimestamp();
        await Eventually.Holds(() => others.Requests == Movies);
        double asked = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        await Eventually.Holds(() => _catalogue.Missing == 0);
        double committed = Stopwatch.GetElapsedTime(since).TotalMilliseconds;

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"A worker was {how}: its movies were in another's hands after {asked:0} ms, committed after {committed:0} ms."));
        Assert.Equal(0, (await coordinator.EndAsync()).ExitCode);
    }

    /// <summary>Each worker asks for all the covers at once that it holds.</summary>
    private TestCluster Cluster(string queues, params string[] settings) => new(broker, _catalogue.Folder, queues)
    {
        Location = _covers.Location,
        Settings =
        [
            "--set", "Etl:Cluster:BatchSize=2", "--set", $"Etl:Cluster:Prefetch={Held / 2}",
            "--set", $"Etl:Fetch:DegreeOfParallelism={Held}", .. settings,
        ],
    };
}
