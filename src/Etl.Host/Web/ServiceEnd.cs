using Microsoft.Extensions.Hosting;
using PaletteEtl.Service;

namespace Etl.Host.Web;

/// <summary>Holds the web server back until the service has drained: health, status and metrics answer meanwhile.</summary>
internal sealed class ServiceEnd(EtlService service, EventStream events) : IHostedLifecycleService
{
    /// <summary>The host calls this before it stops the first of its services, the web server.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        Task draining = service.ExecuteTask ?? Task.CompletedTask;
        await draining.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        events.End();
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
