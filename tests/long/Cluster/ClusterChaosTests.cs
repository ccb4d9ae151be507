using System.Diagnostics;
using System.Globalization;
using Etl.IntegrationTests.Cluster;
using Etl.IntegrationTests.Recovery;
using Etl.IntegrationTests.Run;
using Microsoft.AspNetCore.Http;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Etl.LongTests.Cluster;

/// <summary>Everything that can end is ended at random, again and again, and the database is compared with a run in peace.</summary>
[Collection<ClusterSuite>]
public sealed class ClusterChaosTests(RabbitBroker broker, ITestOutputHelper output) : IAsyncLifetime
{
    private const int Workers = 3, Freeze = 19, Continue = 18;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100), LongestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(30);

    /// <summary>The faults, in turn.</summary>
    private static readonly Fault[] Cycle =
    [
        Fault.WorkerKilled, Fault.CoordinatorKilled, Fault.BrokerKilled, Fault.WorkerKilled, Fault.WorkerFrozen, Fault.WorkerKilled,
        Fault.ConnectionsClosed, Fault.WorkerKilled, Fault.WorkerJoins, Fault.WorkerKilled, Fault.WorkerKilled, Fault.CoordinatorKilled,
        Fault.WorkerKilled, Fault.BrokerStopped, Fault.WorkerKilled, Fault.WorkerKilled, Fault.BrokerShortOfMemory, Fault.WorkerKilled,
        Fault.CoordinatorKilled, Fault.WorkerLeaves, Fault.WorkerKilled, Fault.SecondCoordinator, Fault.WorkPurged, Fault.CoversReplaced,
        Fault.WorkDeleted, Fault.ResultsPurged, Fault.WorkerKilled, Fault.CoversReplaced, Fault.SecondCoordinator,
    ];

    private readonly int[] _done = new int[Enum.GetValues<Fault>().Length];
    private CoverServer? _slowCovers;
    private ReplacedCovers _covers = null!;

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
        SecondCoordinator,
        WorkPurged,
        WorkDeleted,
        ResultsPurged,
        CoversReplaced,
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
        _covers = new ReplacedCovers(catalogue);
        using var cluster = new TestCluster(broker, catalogue.Folder, "etl-chaos")
        {
            Settings =
            [
                "--set", "Etl:Cluster:Heartbeat=00:00:05", "--set", "Etl:Cluster:ResponseTimeout=00:00:02", "--set", "Etl:Write:BatchSize=64",
            ],
        };
        var workers = new WorkerPool(Workers, () => cluster.StartWorker());
        string[] slow = await SlowAsync(catalogue);
        workers.Join(() => cluster.StartWorker(slow));
        cluster.StartWorker("--set", "Etl:Fetch:Locations:0=nowhere/{id}.jpg");
        cluster.StartWorker("--set", "Etl:Fetch:Locations:0=nowhere/{id}.jpg", "--set", "Etl:Cluster:Catalogue=0123456789abcdef");
        await using var old = new RejectingWorker(broker, "etl-chaos");
        long started = Stopwatch.GetTimestamp();
        int jobs = 0;
        for (int faults = 0; faults < Faults; jobs++)
        {
            catalogue.StartOver();
            _covers.StartOver();
            EtlProcess coordinator = cluster.StartCoordinator();
            while (!await coordinator.EndsWithin(Pause()) && faults < Faults)
            {
                coordinator = await DoAsync(Cycle[faults++ % Cycle.Length], cluster, workers, coordinator);
                workers.Tend();
            }

            Assert.Equal(0, (await coordinator.EndAsync(2 * TestTimeout)).ExitCode);
            _covers.AssertPossible(catalogue.Palettes());
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
            case Fault.SecondCoordinator:
                EtlProcess first = coordinator, second = cluster.StartCoordinator();
                Assert.Equal(0, (await first.EndAsync(2 * TestTimeout)).ExitCode);
                return second;
            case Fault.WorkPurged or Fault.WorkDeleted or Fault.ResultsPurged:
                await LoseAsync(fault);
                break;
            case Fault.CoversReplaced:
                _covers.Replace();
                break;
            default:
                coordinator.Kill();
                await coordinator.EndAsync();
                return cluster.StartCoordinator();
        }

        return coordinator;
    }

    private async Task LoseAsync(Fault fault)
    {
        await using IConnection connection = await broker.ConnectAsync(RabbitBroker.Coordinator);
        await using IChannel channel = await connection.CreateChannelAsync();
        try
        {
            await (fault switch
            {
                Fault.WorkDeleted => channel.QueueDeleteAsync("etl-chaos.work"),
                Fault.WorkPurged => channel.QueuePurgeAsync("etl-chaos.work"),
                _ => channel.QueuePurgeAsync("etl-chaos.results"),
            });
        }
        catch (OperationInterruptedException)
        {
            // The queue has just been deleted.
        }
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
