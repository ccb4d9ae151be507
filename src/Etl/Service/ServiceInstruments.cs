using Microsoft.Extensions.Hosting;
using PaletteEtl.Telemetry;

namespace PaletteEtl.Service;

/// <summary>Shows the service and its catalogue in the metrics, from its start to its end.</summary>
internal sealed class ServiceInstruments(
    ServiceMonitor monitor, CatalogueCounter counter, Readiness readiness, EtlMetrics metrics, TimeProvider clock) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        metrics.ServiceStarted(new ServiceGauges(
            Catalogue,
            () => NameOf(monitor.Snapshot().State),
            [.. Enum.GetValues<ServiceState>().Select(NameOf)],
            () => readiness.Latest.Select(static check => (check.Name, check.Problem is null))));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        metrics.ServiceStarted(null);
        return Task.CompletedTask;
    }

    private CatalogueGauges? Catalogue() => counter.Snapshot(monitor.Snapshot()) is { } catalogue
        ? new CatalogueGauges(
            [
                ("complete", catalogue.Complete),
                ("pending", catalogue.Pending),
                ("failed", catalogue.Failed),
                ("unreadable", catalogue.Unreadable),
            ],
            [.. catalogue.Reasons.GroupBy(static same => ReasonOf(same.Reason), static (reason, same) => (reason, same.Sum(static each => each.Count)))],
            catalogue.PendingSince is { } since ? clock.GetUtcNow() - since : TimeSpan.Zero)
        : null;

    /// <summary>A reason of another version of this program counts as <see cref="FailureReason.Internal"/>: attributes have a closed set.</summary>
    private static FailureReason ReasonOf(string name) =>
        FailureReasons.TryParse(name, out FailureReason reason) ? reason : FailureReason.Internal;

    private static string NameOf(ServiceState state) => state.ToString().ToLowerInvariant();
}
