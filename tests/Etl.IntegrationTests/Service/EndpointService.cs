using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Service;

/// <summary>A service with a key, after its run on a drawn catalogue of 20 movies, two of whose covers are broken.</summary>
public sealed class EndpointService : IAsyncLifetime
{
    internal const string Key = "a-key-of-this-test-0";
    internal const string KeyHeader = "X-Api-Key";

    internal TestCatalogue Catalogue { get; } = new(movies: 20);

    internal ServiceProcess Service { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Service = await ServiceProcess.StartAsync(Catalogue, "--set", $"Etl:Service:ApiKey={Key}");
        await Eventually.Holds(() => Catalogue.Missing == 2);
        await Service.RunCompleted();
    }

    public async ValueTask DisposeAsync()
    {
        if (Service is not null)
        {
            await Service.DisposeAsync();
        }

        Catalogue.Dispose();
    }
}
