using System.Diagnostics;
using System.Globalization;
using Etl.IntegrationTests.Cluster;
using Etl.IntegrationTests.Recovery;
using Etl.IntegrationTests.Run;

namespace Etl.LongTests.Cluster;

/// <summary>A worker that cannot do its work, beside three that can: every palette is made, and it says why it makes none.</summary>
[Collection<ClusterSuite>]
public sealed class BadWorkerTests(RabbitBroker broker, ITestOutputHelper output) : IAsyncLifetime
{
    private const int Movies = 4_657;
    private const int Rounds = 5;

    public static TheoryData<string, string[], string> Cases => new()
    {
        { "no-folder", ["Etl:Fetch:Locations:0=nowhere/{id}.jpg"], "No location of covers is available: " },
        { "empty-folder", ["Etl:Fetch:Locations:0=empty/{id}.jpg"], "(the folder is empty). Check Etl:Fetch:Locations." },
        { "wrong-folder", ["Etl:Fetch:Locations:0=wrong/{id}.jpg"], "Other workers fetch covers, and this worker fetches none. Check Etl:Fetch:Locations." },
        { "no-server", ["Etl:Fetch:Locations:0=http://127.0.0.1:1/{id}.jpg"], "(the server does not respond). Check Etl:Fetch:Locations." },
        { "other-catalogue", ["Etl:Cluster:Catalogue=another"], "A message belongs to another catalogue than Etl:Cluster:Catalogue." },
        { "own-options", ["Etl:Quantize:Algorithm=Oklab", "Etl:Quantize:PopulationColumn=shares"], "are set here and ignored, because the run decides." },
    };

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill(2).");
        await broker.NeededAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Run_OneOfFourWorkersIsBad_EveryPaletteIsMadeAndItSaysWhy(string name, string[] settings, string problem)
    {
        using ChaosCatalogue catalogue = Create();
        using var cluster = new TestCluster(broker, catalogue.Folder, $"etl-{name}");
        EtlProcess[] good = [cluster.StartWorker(), cluster.StartWorker(), cluster.StartWorker()];
        await CompareAsync(name, cluster, catalogue, async () =>
        {
            EtlProcess bad = cluster.StartWorker([.. settings.SelectMany(static setting => new[] { "--set", setting })]);
            await bad.Logged("Connected");
            TimeSpan elapsed = await TimeAsync(cluster, catalogue);
            await bad.Logged(problem);
            await TestCluster.EndAsync([bad]);
            return elapsed;
        });
        await TestCluster.EndAsync(good);
    }

    [Fact]
    public async Task Run_OneOfFourWorkersRejectsAll_EveryPaletteIsMade()
    {
        using ChaosCatalogue catalogue = Create();
        using var cluster = new TestCluster(broker, catalogue.Folder, "etl-rejecting");
        EtlProcess[] good = [cluster.StartWorker(), cluster.StartWorker(), cluster.StartWorker()];
        await CompareAsync("rejecting", cluster, catalogue, async () =>
        {
            await using var bad = new RejectingWorker(broker, "etl-rejecting");
            return await TimeAsync(cluster, catalogue);
        });
        await TestCluster.EndAsync(good);
    }

    private static ChaosCatalogue Create()
    {
        var catalogue = new ChaosCatalogue(Movies, "wal");
        Directory.CreateDirectory(catalogue.PathOf("empty"));
        Directory.CreateDirectory(catalogue.PathOf("wrong"));
        File.WriteAllText(catalogue.PathOf("wrong/readme.txt"), "No covers.");
        return catalogue;
    }

    /// <summary>States the time of a run with the bad worker, which is new in each round, over that of one without it.</summary>
    private async Task CompareAsync(string name, TestCluster cluster, ChaosCatalogue catalogue, Func<Task<TimeSpan>> timeWithBadWorker)
    {
        await cluster.StartCoordinator("--limit", "64").EndAsync(); // the workers are warm, and the queues declared
        var without = new List<double>();
        var with = new List<double>();
        for (int round = 0; round < Rounds; round++)
        {
            without.Add((await TimeAsync(cluster, catalogue)).TotalSeconds);
            with.Add((await timeWithBadWorker()).TotalSeconds);
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {Median(without):0.0} s without it, {Median(with):0.0} s with it, {Median(with) / Median(without):0.00}"));
    }

    private static double Median(List<double> seconds) => seconds.Order().ElementAt(seconds.Count / 2);

    private static async Task<TimeSpan> TimeAsync(TestCluster cluster, ChaosCatalogue catalogue)
    {
        catalogue.StartOver();
        long started = Stopwatch.GetTimestamp();
        EtlOutput run = await cluster.StartCoordinator("--set", "Etl:Cluster:MaxInFlight=512").EndAsync();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        Assert.Equal((0, 0), (run.ExitCode, catalogue.Missing));
        Assert.Empty(catalogue.NotWrittenOnce());
        return elapsed;
    }
}
