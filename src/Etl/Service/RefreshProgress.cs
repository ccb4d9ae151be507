namespace PaletteEtl.Service;

/// <summary>The progress of a pass over the palettes that may be stale.</summary>
/// <param name="Total">Palettes when it began.</param>
/// <param name="Checked">Palettes that runs have read.</param>
/// <param name="Outdated">Palettes made with other settings that no run has read yet.</param>
/// <param name="Written">Palettes made again.</param>
/// <param name="Failed">Palettes that stay because their cover failed.</param>
/// <param name="StartedAt">When it began; for a pass that starts midway, when it would have begun.</param>
/// <param name="NextAt">When the next one begins; null before its end.</param>
internal sealed record RefreshProgress(
    long Total, long Checked, long Outdated, long Written, long Failed, DateTimeOffset StartedAt, DateTimeOffset? NextAt);
