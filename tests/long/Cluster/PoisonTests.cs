using System.Globalization;
using Etl.IntegrationTests.Cluster;
using Etl.IntegrationTests.Recovery;
using Etl.IntegrationTests.Run;

namespace Etl.LongTests.Cluster;

/// <summary>Covers that end every worker that decodes them. With <c>ETL_KILLS</c> there are ten times as many movies.</summary>
[Collection<ClusterSuite>]
public sealed class PoisonTests(RabbitBroker broker) : IAsyncLifetime
{
    public ValueTask InitializeAsync() => new(broker.NeededAsync());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Run_TwoPoisonedCoversAmongMany_ExactlyTheTwoAreGivenUp()
    {
        int movies = Variable.Number("ETL_KILLS", 0) == 0 ? 500 : 5_000;
        using var catalogue = new ChaosCatalogue(movies, "wal");
        await EtlProcess.RunAsync(catalogue.Folder, ["run", .. ChaosCatalogue.Settings, "--quiet"]);
        var expected = catalogue.Palettes().ToDictionary();
        foreach (string id in ((int[])[movies / 3, movies / 2]).Select(movie => movie.ToString("D7", CultureInfo.InvariantCulture)))
        {
            File.AppendAllText(catalogue.PathOf($"covers/{id}.jpg"), "poison: crash");
            expected[id] = "";
        }

        catalogue.StartOver();
        using var cluster = new TestCluster(broker, catalogue.Folder, "etl-poisons") { IsPoisoned = true };
        EtlProcess coordinator = cluster.StartCoordinator();
        var workers = new WorkerPool(3, () => cluster.StartWorker());
        while (!await coordinator.EndsWithin(TimeSpan.FromMilliseconds(20)))
        {
            workers.Tend();
        }

        Assert.Equal(3, (await coordinator.EndAsync()).ExitCode);
        Assert.Equal(expected, catalogue.Palettes());
        Assert.Empty(catalogue.NotWrittenOnce().Except(expected.Where(movie => movie.Value.Length == 0).Select(movie => movie.Key)));
    }
}
