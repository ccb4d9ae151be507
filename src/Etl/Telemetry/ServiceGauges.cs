using System.Diagnostics.Metrics;

namespace PaletteEtl.Telemetry;

/// <summary>A service, as gauges read it whenever they are observed.</summary>
/// <param name="Catalogue">The catalogue; null until it is counted.</param>
/// <param name="State">The state.</param>
/// <param name="AllStates">The names of all states.</param>
/// <param name="Checks">The results of the checks of readiness; none before the first check.</param>
internal sealed record ServiceGauges(
    Func<CatalogueGauges?> Catalogue, Func<string> State, string[] AllStates, Func<IEnumerable<(string Check, bool Passes)>> Checks)
{
    /// <summary>Adds the gauges of a service and of its catalogue to a meter.</summary>
    /// <param name="meter">The meter.</param>
    /// <param name="service">The service that is observed; null while there is none.</param>
    public static void AddTo(Meter meter, Func<ServiceGauges?> service)
    {
        meter.CreateObservableGauge(
            "etl.service.state", () => service()?.States() ?? [], "{state}", "1 for the state of the service, and 0 for the others.");
        meter.CreateObservableGauge(
            "etl.service.ready", () => service()?.Ready() ?? [], "{check}", "1 for each check of readiness that passes, and 0 for one that fails.");
        meter.CreateObservableGauge(
            "etl.catalogue.movies", () => service()?.Catalogue()?.ByState() ?? [], "{movie}", "Movies of the catalogue.");
        meter.CreateObservableGauge(
            "etl.catalogue.pending.age", () => service()?.Catalogue()?.Age() ?? [], "s",
            "Maximum time that a pending movie has waited; 0 when none does.");
        meter.CreateObservableGauge(
            "etl.catalogue.dead_letters", () => service()?.Catalogue()?.ByReason() ?? [], "{movie}", "Dead letters in the catalogue.");
    }

    private IEnumerable<Measurement<int>> States()
    {
        string current = State();
        return AllStates.Select(state => new Measurement<int>(state == current ? 1 : 0, new KeyValuePair<string, object?>(EtlTags.ServiceState, state)));
    }

    private IEnumerable<Measurement<int>> Ready() => Checks().Select(
        static check => new Measurement<int>(check.Passes ? 1 : 0, new KeyValuePair<string, object?>(EtlTags.Check, check.Check)));
}
