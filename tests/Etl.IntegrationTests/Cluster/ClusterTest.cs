using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Cluster;

/// <summary>What most tests with workers have: the broker, a drawn catalogue, and a server that answers for covers once it is let.</summary>
/// <param name="broker">The broker.</param>
/// <param name="movies">Movies of the catalogue.</param>
/// <param name="askers">Covers that a worker asks for at once, and that the server waits for.</param>
[Collection<ClusterSuite>]
public abstract class ClusterTest(RabbitBroker broker, int movies, int askers = 4) : IAsyncLifetime
{
    /// <summary>Settings of processes that have answers to wait for all the time.</summary>
    private protected static readonly string[] SmallBatches = ["--set", "Etl:Cluster:BatchSize=4"];

    public virtual async ValueTask InitializeAsync()
    {
        await broker.NeededAsync();
        Catalogue = new TestCatalogue(movies);
        Covers = await SlowCovers.StartAsync(Catalogue.GoodCover(), askers);
    }

    public async ValueTask DisposeAsync()
    {
        Catalogue?.Dispose();
        if (Covers is not null)
        {
            await Covers.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    private protected RabbitBroker Broker => broker;

    private protected TestCatalogue Catalogue { get; private set; } = null!;

    private protected SlowCovers Covers { get; private set; } = null!;

    /// <summary>Processes whose workers ask the server.</summary>
    private protected TestCluster Cluster(string queues, params string[] settings) => new(broker, Catalogue.Folder, queues)
    {
        Location = Covers.Location,
        Settings = ["--set", $"Etl:Fetch:DegreeOfParallelism={askers}", .. settings],
    };
}
