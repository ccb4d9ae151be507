using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Cluster;

/// <summary>The setup of most tests with workers: the broker, a drawn catalogue, and a server that delays covers.</summary>
/// <param name="broker">The broker.</param>
/// <param name="movies">Movies of the catalogue.</param>
/// <param name="requests">Concurrent requests of a worker; the server waits for that many.</param>
public abstract class ClusterTest(RabbitBroker broker, int movies, int requests = 4) : IAsyncLifetime
{
    /// <summary>Settings of processes that wait for responses all the time.</summary>
    private protected static readonly string[] SmallBatches = ["--set", "Etl:Cluster:BatchSize=4"];

    public virtual async ValueTask InitializeAsync()
    {
        await broker.NeededAsync();
        Catalogue = new TestCatalogue(movies);
        Covers = await SlowCovers.StartAsync(Catalogue.GoodCover(), requests);
    }

    public virtual async ValueTask DisposeAsync()
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

    /// <summary>Processes whose workers request covers from the server.</summary>
    private protected TestCluster Cluster(string queues, params string[] settings) => new(broker, Catalogue.Folder, queues)
    {
        Location = Covers.Location,
        Settings = ["--set", $"Etl:Fetch:DegreeOfParallelism={requests}", .. settings],
    };
}
