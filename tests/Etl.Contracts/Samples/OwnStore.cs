using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PaletteEtl.Hosting;
using PaletteEtl.Pipeline;

namespace Etl.Contracts.Samples;

/// <summary>A run over a store of the program's own.</summary>
public static class OwnStore
{
    public static async Task<RunReport> RunAsync(string path, IConfiguration configuration)
    {
        var catalogue = new JsonCatalogue(path);
        await using ServiceProvider services = new ServiceCollection()
            .AddEtl(configuration, etl =>
            {
                etl.Movies.Use(_ => catalogue);
                etl.Sink.Use(_ => catalogue);
            })
            .BuildServiceProvider();
        return await services.GetRequiredService<EtlPipeline>().RunAsync();
    }
}
