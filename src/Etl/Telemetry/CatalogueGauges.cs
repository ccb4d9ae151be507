using System.Diagnostics.Metrics;

namespace PaletteEtl.Telemetry;

/// <summary>A catalogue, as the gauges of a service show it.</summary>
/// <param name="Movies">Movies by state; the sum is the number of movies.</param>
/// <param name="DeadLetters">Dead letters by reason.</param>
/// <param name="PendingAge">Maximum time that a pending movie has waited.</param>
internal sealed record CatalogueGauges(
    (string State, long Count)[] Movies, IReadOnlyList<(FailureReason Reason, long Count)> DeadLetters, TimeSpan PendingAge)
{
    public IEnumerable<Measurement<long>> ByState() => Movies.Select(
        static movies => new Measurement<long>(movies.Count, new KeyValuePair<string, object?>(EtlTags.CatalogueState, movies.State)));

    public IEnumerable<Measurement<long>> ByReason() => DeadLetters.Select(
        static letters => new Measurement<long>(letters.Count, new KeyValuePair<string, object?>(EtlTags.ErrorType, letters.Reason.Name())));

    public IEnumerable<Measurement<double>> Age() => [new(PendingAge.TotalSeconds)];
}
