using Etl.Cluster.Coordinator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaletteEtl.Pipeline;

namespace Etl.Cluster;

/// <summary>Registers what lets other machines take part.</summary>
internal static class ServiceCollectionExtensions
{
    /// <summary>Has workers make the palettes, where there is a broker. To be called before the pipeline is added.</summary>
    public static IServiceCollection AddCluster(this IServiceCollection services, ClusterOptions options)
    {
        services.TryAddSingleton<BrokerState>();
        if (options.Broker is not null)
        {
            services.AddSingleton(options);
            services.AddSingleton<IExtraction, RemoteExtraction>();
        }

        return services;
    }
}
