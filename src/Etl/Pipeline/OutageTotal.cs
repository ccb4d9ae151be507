namespace PaletteEtl.Pipeline;

/// <summary>The outages of all locations of covers during a run.</summary>
/// <param name="Cause">The cause of the last one, as the end of a sentence.</param>
/// <param name="Time">The sum of their durations.</param>
/// <param name="IsOver">Whether the last one has ended.</param>
internal sealed record OutageTotal(string Cause, TimeSpan Time, bool IsOver);
