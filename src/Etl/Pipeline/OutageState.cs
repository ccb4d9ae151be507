namespace PaletteEtl.Pipeline;

/// <summary>An outage of all locations of covers.</summary>
/// <param name="Since">When it was found.</param>
/// <param name="Cause">The cause, as the end of a sentence.</param>
internal sealed record OutageState(DateTimeOffset Since, string Cause);
