using Etl.IntegrationTests.Run;
using Etl.IntegrationTests.Service;

namespace Etl.IntegrationTests.Web;

/// <summary>A catalogue whose palettes are written but for two broken covers, and the service on it; one for all tests that
/// add movies of their own.</summary>
public sealed class ServedCatalogue : IAsyncLifetime
{
    internal TestCatalogue Catalogue { get; } = new(movies: 20);

    internal ServiceProcess Service { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Service = await ServiceProcess.StartAsync(Catalogue);
        await Eventually.Holds(() => Catalogue.Missing == 2);
    }

    /// <summary>Adds a movie as another program does.</summary>
    internal void Insert(string id, byte[] cover)
    {
        File.WriteAllBytes(CoverOf(id), cover);
        Catalogue.Execute($"INSERT INTO movies (id, title) VALUES ('{id}', 'New')");
    }

    internal string CoverOf(string id) => Catalogue.PathOf($"covers/{id}.jpg");

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        Catalogue.Dispose();
    }
}
