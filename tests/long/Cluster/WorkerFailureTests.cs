using System.Diagnostics;
using System.Globalization;
using Etl.IntegrationTests.Cluster;
using Etl.IntegrationTests.Run;

namespace Etl.LongTests.Cluster;

/// <summary>Workers that die, freeze or leave while they have movies in hand.</summary>
[Collection<ClusterSuite>]
public sealed class WorkerFailureTests(RabbitBroker broker, ITestOutputHelper output) : ClusterTest(broker, Movies, Held)
{
    private const int Movies = 40, Held = 8, Freeze = 19;

    /// <summary>Each worker requests all the covers at once that it holds; batches of one are never short.</summary>
    private static readonly string[] Holding = ["--set", "Etl:Cluster:BatchSize=1", "--set", $"Etl:Cluster:Prefetch={Held}"];

    [Fact]
    public async Task Run_WorkerIsKilled_ItsMoviesAreDoneElsewhere()
    {
        using TestCluster cluster = Cluster("etl-killed", Holding);

        await LoseAsync(cluster, worker => worker.Kill(), "killed");
    }

    [Fact]
    public async Task Run_WorkerIsFrozen_ItsMoviesAreDoneElsewhere()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill(2).");
        using TestCluster cluster = Cluster("etl-frozen", [.. Holding, "--set", "Etl:Cluster:Heartbeat=00:00:02"]);

        await LoseAsync(cluster, worker => worker.Signal(Freeze), "frozen");
    }

    [Fact]
    public async Task Worker_IsToldToEnd_FinishesWhatItHoldsAndTakesNoMore()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill(2).");
        using TestCluster cluster = Cluster("etl-drained", Holding);
        EtlProcess coordinator = cluster.StartCoordinator();
        EtlProcess worker = cluster.StartWorker();
        await Covers.Requested;

        worker.Signal(EtlProcess.Terminate);
        await worker.Logged("Draining");
        Covers.Open();
        EtlOutput ended = await worker.EndAsync();
        cluster.StartWorker();
        EtlOutput run = await coordinator.EndAsync();

        Assert.Equal((0, 0, 0), (ended.ExitCode, run.ExitCode, Catalogue.Missing));
        Assert.InRange(ClusterOutput.Processed(ended), Held, Movies - 1);
    }

    [Fact]
    public async Task Worker_IsToldToEndTwice_HandsBackWhatItHolds()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill(2).");
        using TestCluster cluster = Cluster("etl-aborted", Holding);
        EtlProcess coordinator = cluster.StartCoordinator();
        EtlProcess worker = cluster.StartWorker();
        await Covers.Requested;

        worker.Signal(EtlProcess.Terminate);
        await worker.Logged("Draining");
        worker.Signal(EtlProcess.Terminate);
        EtlOutput ended = await worker.EndAsync();
        cluster.StartWorker();
        Covers.Open();
        EtlOutput run = await coordinator.EndAsync();

        Assert.Equal((143, 0, 0), (ended.ExitCode, run.ExitCode, Catalogue.Missing));
        Assert.Equal(0, ClusterOutput.Processed(ended));
    }

    /// <summary>Ends a worker while all movies that are left are in its hands, and measures until they are in another's.</summary>
    private async Task LoseAsync(TestCluster cluster, Action<EtlProcess> lose, string how)
    {
        await using SlowCovers others = await SlowCovers.StartAsync(Catalogue.GoodCover(), Held);
        others.Open();
        EtlProcess coordinator = cluster.StartCoordinator();
        EtlProcess lost = cluster.StartWorker();
        await Covers.Requested;
        cluster.StartWorker("--set", $"Etl:Fetch:Locations:0={others.Location}");
        await Eventually.StaysAt(Held, () => (int)Catalogue.Missing);

        lose(lost);
        long since = Stopwatch.GetTimestamp();
        await Eventually.Holds(() => others.Requests == Movies);
        double redelivered = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        await Eventually.Holds(() => Catalogue.Missing == 0);
        double committed = Stopwatch.GetElapsedTime(since).TotalMilliseconds;

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"A worker was {how}: its movies were redelivered after {redelivered:0} ms, committed after {committed:0} ms."));
        Assert.Equal(0, (await coordinator.EndAsync()).ExitCode);
    }
}
