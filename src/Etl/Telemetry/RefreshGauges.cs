using System.Diagnostics.Metrics;

namespace PaletteEtl.Telemetry;

/// <summary>The palettes that a service has still to check for stale ones.</summary>
/// <param name="Pending">All of them.</param>
/// <param name="Outdated">Those among them that were made with other settings.</param>
internal sealed record RefreshGauges(long Pending, long Outdated)
{
    /// <summary>Adds the gauges to a meter.</summary>
    /// <param name="meter">The meter.</param>
    /// <param name="refresh">The palettes that are observed; null while a service checks none.</param>
    public static void AddTo(Meter meter, Func<RefreshGauges?> refresh)
    {
        meter.CreateObservableGauge(
            "etl.refresh.pending", () => Measurements(refresh()?.Pending), "{movie}",
            "Palettes that the service has still to check for stale ones, of those that there were when it began.");
        meter.CreateObservableGauge(
            "etl.refresh.outdated", () => Measurements(refresh()?.Outdated), "{movie}",
            "Palettes made with other settings that the service has still to make again.");
    }

    private static IEnumerable<Measurement<long>> Measurements(long? movies) => movies is { } count ? [new(count)] : [];
}
