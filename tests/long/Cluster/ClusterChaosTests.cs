using System.Diagnostics;
using System.Globalization;
using Etl.IntegrationTests.Cluster;
using Etl.IntegrationTests.Recovery;
using Etl.IntegrationTests.Run;
using Microsoft.AspNetCore.Http;

namespace Etl.LongTests.Cluster;

/// <summary>Everything that can end is ended at random, again and again, and the database is compared with a run in peace.</summary>
[Collection<ClusterSuite>]
public sealed class ClusterChaosTests(RabbitBroker broker, ITestOutputHelper output) : IAsyncLifetime
{
    private const int Workers = 3, Freeze = 19, Continue = 18;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100), LongestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(30);

    /// <summary>What is done in turn, over and over.</summary>
    private static readonly Fault[] Cycle =
    [
        Fault.WorkerKilled, Fault.CoordinatorKilled, Fault.BrokerKilled, Fault.WorkerKilled, Fault.WorkerFrozen, Fault.WorkerKilled,
        Fault.ConnectionsClosed, Fault.WorkerKilled, Fault.WorkerJoins, Fault.WorkerKilled, Fault.WorkerKilled, Fault.CoordinatorKilled,
        Fault.WorkerKilled, Fault.BrokerStopped, Fault.WorkerKilled, Fault.WorkerKilled, Fault.BrokerShortOfMemory, Fault.WorkerKilled,
        Fault.CoordinatorKilled, Fault.WorkerLeaves, Fault.WorkerKilled, Fault.WorkerKilled, Fault.WorkerKilled,
    ];

    private readonly int[] _done = new int[Enum.GetValues<Fault>().Length];
    private CoverServer? _slowCovers;

    private enum Fault
    {
        WorkerKilled,
        WorkerFrozen,
        WorkerJoins,
        WorkerLeaves,
        CoordinatorKilled,
        ConnectionsClosed,
        BrokerKilled,
        BrokerStopped,
        BrokerShortOfMemory,
    }

    /// <summary>By default a worker and the coordinator are killed; the others have tests of their own.</summary>
    private static int Faults { get; } = Variable.Number("ETL_KILLS", 2);

    private static int Movies => Faults > 12 ? 4_000 : 1_000;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill(2).");
        await broker.NeededAsync();
    }

    public ValueTask DisposeAsync() => _slowCovers?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Run_FaultsAtRandom_NothingIsMissingAndNothingWrong()
    {
        using var catalogue = new ChaosCatalogue(Movies, "wal");
        await EtlProcess.RunAsync(catalogue.Folder, ["run", .. ChaosCatalogue.Settings, "--quiet"]);
        IReadOnlyDictionary<string, string> expected = catalogue.Palettes();
        using var cluster = new TestCluster(broker, catalogue.Folder, "etl-chaos")
        {
            Settings = ["--set", "Etl:Cluster:Heartbeat=00:00:05", "--set", "Etl:Write:BatchSize=64"],
        };
        var workers = new WorkerPool(Workers, () => cluster.StartWorker());
        string[] slow = await SlowAsync(catalogue);
        workers.Join(() => cluster.StartWorker(slow));
        long started = Stopwatch.GetTimestamp();
        int jobs = 0;
        for (int faults = 0; faults < Faults; jobs++)
        {
            catalogue.StartOver();
            EtlProcess coordinator = cluster.StartCoordinator();
            while (!await coordinator.EndsWithin(Pause()) && faults < Faults)
            {
                coordinator = await DoAsync(Cycle[faults++ % Cycle.Length], cluster, workers, coordinator);
                workers.Tend();
            }

            Assert.Equal(0, (await coordinator.EndAsync(2 * TestTimeout)).ExitCode);
            Assert.Equal(expected, catalogue.Palettes());
            Assert.Empty(catalogue.NotWrittenOnce());
            Assert.Equal("ok", catalogue.Integrity());
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Join(", ", Enum.GetValues<Fault>().Select(fault => $"{fault} {_done[(int)fault]}"))} in {jobs} jobs of {Movies} movies, "
            + $"0 palettes wrong, 0 lost, 0 written twice, {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s"));
    }

    private async Task<EtlProcess> DoAsync(Fault fault, TestCluster cluster, WorkerPool workers, EtlProcess coordinator)
    {
        _done[(int)fault]++;
        switch (fault)
        {
            case Fault.WorkerKilled:
                EtlProcess killed = workers.Any;
                killed.Kill();
                await killed.EndAsync();
                break;
            case Fault.WorkerFrozen:
                EtlProcess frozen = workers.Any;
                frozen.Signal(Freeze);
                await coordinator.EndsWithin(TimeSpan.FromSeconds(16)); // three heartbeats and more
                frozen.Signal(Continue);
                break;
            case Fault.WorkerJoins:
                workers.Join(() => cluster.StartWorker());
                break;
            case Fault.WorkerLeaves:
                await workers.LeaveAsync();
                break;
            case Fault.ConnectionsClosed:
                await broker.ControlAsync("close_all_connections", "--vhost", "movies", "a test");
                break;
            case Fault.BrokerKilled or Fault.BrokerStopped:
                await broker.StopAsync(inOrder: fault == Fault.BrokerStopped);
                await broker.StartAsync();
                break;
            case Fault.BrokerShortOfMemory:
                await broker.SetAlarmAsync(raised: true);
                await coordinator.EndsWithin(LongestPause);
                await broker.SetAlarmAsync(raised: false);
                break;
            default:
                coordinator.Kill();
                await coordinator.EndAsync();
                return cluster.StartCoordinator();
        }

        return coordinator;
    }

    /// <summary>Settings of a worker that takes some ten times as long as the others, one cover after the other.</summary>
    private async Task<string[]> SlowAsync(ChaosCatalogue catalogue)
    {
        RequestDelegate cover = Answers.FileOf(catalogue.PathOf("covers"));
        _slowCovers = await CoverServer.StartAsync(async context =>
        {
            await Task.Delay(Latency);
            await cover(context);
        });
        return
        [
            "--set", $"Etl:Fetch:Locations:0={_slowCovers.Url}/{{id}}.jpg", "--set", "Etl:Fetch:DegreeOfParallelism=1",
            "--set", "Etl:Cluster:Prefetch=2",
        ];
    }

    private static TimeSpan Pause() => ShortestPause + ((LongestPause - ShortestPause) * Random.Shared.NextDouble());
}
