namespace PaletteEtl.Telemetry;

/// <summary>The state of a run, as gauges read it whenever they are observed.</summary>
/// <param name="Stages">Reports of the stages, up to now.</param>
/// <param name="Pending">Movies that are not settled yet, of those counted at the start; null until they are counted.</param>
/// <param name="Pixels">The memory of the decoders.</param>
/// <param name="IsOutage">Whether movies wait for the end of an outage of all locations of covers.</param>
internal sealed record RunGauges(Func<IEnumerable<StageReport>> Stages, Func<long?> Pending, MemoryBudget Pixels, Func<bool> IsOutage);
