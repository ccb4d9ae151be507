using Etl.Cluster.Coordinator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaletteEtl.Hosting;

namespace Etl.Cluster;

/// <summary>Composes a pipeline whose palettes are extracted on other machines.</summary>
internal static class ClusterExtensions
{
    /// <summary>Extracts palettes by workers, if a broker is configured.</summary>
    public static void AddCluster(this EtlBuilder etl, IServiceCollection services, ClusterOptions options)
    {
        services.TryAddSingleton<BrokerState>();
        if (options.Broker is not null)
        {
            etl.Extraction.Use(provider => ActivatorUtilities.CreateInstance<RemoteExtraction>(provider, options));
        }
    }
}
