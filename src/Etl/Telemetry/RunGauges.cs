namespace PaletteEtl.Telemetry;

/// <summary>The state of a run, as gauges read it whenever they are observed.</summary>
/// <param name="Stages">Reports of the stages, up to now.</param>
/// <param name="Pending">Movies that are not settled yet, of those counted at the start; null until they are counted.</param>
/// <param name="Pixels">The memory of the decoders.</param>
internal sealed record RunGauges(Func<IEnumerable<StageReport>> Stages, Func<long?> Pending, MemoryBudget Pixels);
