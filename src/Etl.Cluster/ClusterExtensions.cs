using Etl.Cluster.Coordinator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaletteEtl.Hosting;

namespace Etl.Cluster;

/// <summary>Composes a pipeline whose palettes are extracted on other machines.</summary>
internal static class ClusterExtensions
{
    /// <summary>Extracts palettes by workers, if a broker is configured.</summary>
    /// <param name="etl">The pipeline.</param>
    /// <param name="services">The services of the pipeline.</param>
    /// <param name="options">The options of the cluster.</param>
    /// <param name="claim">How the queues are claimed.</param>
    public static void AddCluster(this EtlBuilder etl, IServiceCollection services, ClusterOptions options, CatalogueClaim claim)
    {
        services.TryAddSingleton<ClusterState>();
        if (options.Broker is not null)
        {
            etl.Extraction.Use(provider => ActivatorUtilities.CreateInstance<RemoteExtraction>(provider, options, claim));
        }
    }
}
