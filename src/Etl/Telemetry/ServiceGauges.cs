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
    public IEnumerable<Measurement<int>> States()
    {
        string current = State();
        return AllStates.Select(state => new Measurement<int>(state == current ? 1 : 0, new KeyValuePair<string, object?>(EtlTags.ServiceState, state)));
    }

    public IEnumerable<Measurement<int>> Ready() => Checks().Select(
        static check => new Measurement<int>(check.Passes ? 1 : 0, new KeyValuePair<string, object?>(EtlTags.Check, check.Check)));
}
