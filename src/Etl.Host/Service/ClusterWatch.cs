using Etl.Cluster;
using Etl.Cluster.Status;
using Microsoft.Extensions.Hosting;
using PaletteEtl.Telemetry;

namespace Etl.Host.Service;

/// <summary>Watches the workers of the configuration in force, for the page and the metrics of the service.</summary>
internal sealed class ClusterWatch(ConfigurationInForce configuration, ClusterState state, EtlMetrics metrics, TimeProvider clock)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            CancellationToken replaced = configuration.Replaced; // before the configuration that it belongs to
            ClusterOptions cluster = configuration.Current.Cluster;
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, replaced);
            if (cluster.Broker is not null)
            {
                await new WorkerWatch(cluster, state, metrics, clock).RunAsync(ended.Token).ConfigureAwait(false);
            }
            else
            {
                await Task.Delay(Timeout.Infinite, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await Task.Yield(); // off the thread that replaced the configuration
        }
    }
}
