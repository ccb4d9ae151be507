using System.Diagnostics;
using System.Globalization;
using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Cluster;

/// <summary>Workers that die, freeze or leave while they have movies in hand.</summary>
[Collection<ClusterSuite>]
public sealed class WorkerFailureTests(RabbitBroker broker, ITestOutputHelper output) : IAsyncLifetime
{
    private const int Movies = 40, Askers = 4, Freeze = 19;

    private TestCatalogue _catalogue = null!;
    private SlowCovers _covers = null!;

    public async ValueTask InitializeAsync()
    {
        await broker.NeededAsync();
        _catalogue = new TestCatalogue(Movies);
        _covers = await SlowCovers.StartAsync(_catalogue.GoodCover(), Askers);
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
        EtlProcess coordinator = cluster.StartCoordinator();
        EtlProcess killed = cluster.StartWorker();
        await _covers.Asked;
        EtlProcess other = cluster.StartWorker();
        await other.Told("Connected");

        killed.Kill();
        long since = Stopwatch.GetTimestamp();
        _covers.Open();
        EtlOutput run = await coordinator.EndAsync();

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"All was done {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s after the worker was killed."));
        Assert.Equal((0, 0), (run.ExitCode, _catalogue.Missing));
    }

    [Fact]
    public async Task Run_WorkerIsFrozen_ItsMoviesAreDoneElsewhere()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill(2).");
        using TestCluster cluster = Cluster("etl-frozen", "--set", "Etl:Cluster:Heartbeat=00:00:02");
        EtlProcess coordinator = cluster.StartCoordinator();
        EtlProcess frozen = cluster.StartWorker();
        await _covers.Asked;

        frozen.Signal(Freeze);
        cluster.StartWorker();
        _covers.Open();
        EtlOutput run = await coordinator.EndAsync();

        Assert.Equal((0, 0), (run.ExitCode, _catalogue.Missing));
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
        Assert.InRange(ClusterOutput.Answered(ended), Askers, Movies - 1);
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

    /// <summary>Each worker asks for four covers at once, and holds eight movies.</summary>
    private TestCluster Cluster(string queues, params string[] settings) => new(broker, _catalogue.Folder, queues)
    {
        Location = _covers.Location,
        Settings =
        [
            "--set", "Etl:Cluster:BatchSize=2", "--set", "Etl:Cluster:Prefetch=4",
            "--set", $"Etl:Fetch:DegreeOfParallelism={Askers}", .. settings,
        ],
    };
}
