using System.Diagnostics;
using System.Globalization;
using Etl.IntegrationTests.Recovery;
using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Cluster;

/// <summary>Everything that can end is ended at random, again and again, and the database is compared with a run in peace.</summary>
[Collection<ClusterSuite>]
public sealed class ClusterChaosTests(RabbitBroker broker, ITestOutputHelper output) : IAsyncLifetime
{
    private const int Workers = 3, Freeze = 19;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100), LongestPause = TimeSpan.FromSeconds(2);

    private readonly int[] _done = new int[Enum.GetValues<Fault>().Length];

    private enum Fault
    {
        WorkerKilled,
        WorkerFrozen,
        CoordinatorKilled,
        ConnectionsClosed,
        BrokerKilled,
        BrokerStopped,
    }

    /// <summary>By default a worker and the coordinator are killed; the others have tests of their own.</summary>
    private static int Faults { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("ETL_KILLS"), CultureInfo.InvariantCulture, out int kills) ? kills : 2;

    private static int Movies => Faults > 12 ? 2_000 : 1_000;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill(2).");
        await broker.NeededAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

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
        var workers = new WorkerPool(cluster, Workers);
        long started = Stopwatch.GetTimestamp();
        int jobs = 0;
        for (int faults = 0; faults < Faults; jobs++)
        {
            catalogue.StartOver();
            EtlProcess coordinator = cluster.StartCoordinator();
            while (!await coordinator.EndsWithin(Pause()) && faults < Faults)
            {
                coordinator = await DoAsync(KindOf(faults++), cluster, workers, coordinator);
                workers.Tend();
            }

            Assert.Equal(0, (await coordinator.EndAsync(TimeSpan.FromMinutes(3))).ExitCode);
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
                await coordinator.EndsWithin(TimeSpan.FromSeconds(12)); // past the heartbeat
                frozen.Kill();
                await frozen.EndAsync();
                break;
            case Fault.ConnectionsClosed:
                await broker.ControlAsync("close_all_connections", "--vhost", "movies", "a test");
                break;
            case Fault.BrokerKilled or Fault.BrokerStopped:
                await broker.StopAsync(inOrder: fault == Fault.BrokerStopped);
                await broker.StartAsync();
                break;
            default:
                coordinator.Kill();
                await coordinator.EndAsync();
                return cluster.StartCoordinator();
        }

        return coordinator;
    }

    /// <summary>Of twelve, seven kill a worker.</summary>
    private static Fault KindOf(int number) => (number % 12) switch
    {
        1 => Fault.CoordinatorKilled,
        2 => Fault.BrokerKilled,
        3 => Fault.WorkerFrozen,
        4 => Fault.ConnectionsClosed,
        5 => number % 24 == 5 ? Fault.BrokerStopped : Fault.CoordinatorKilled,
        _ => Fault.WorkerKilled,
    };

    private static TimeSpan Pause() => ShortestPause + ((LongestPause - ShortestPause) * Random.Shared.NextDouble());
}
