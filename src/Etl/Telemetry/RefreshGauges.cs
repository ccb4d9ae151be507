namespace PaletteEtl.Telemetry;

/// <summary>The palettes that a service has still to check for stale ones.</summary>
/// <param name="Pending">All of them.</param>
/// <param name="Outdated">Those among them that were made with other settings.</param>
internal sealed record RefreshGauges(long Pending, long Outdated);
