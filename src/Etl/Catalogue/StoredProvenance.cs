namespace PaletteEtl.Catalogue;

/// <summary>The stored settings and cover that a palette was made from.</summary>
/// <param name="Settings">The settings that the palette was made with, in one line.</param>
/// <param name="At">The time at which it was written.</param>
/// <param name="Version">The version of the cover; null where it was not known.</param>
/// <param name="Content">The hash of the cover's bytes (xxHash128); null where it was not known.</param>
/// <param name="IsOfPalette">Whether the palette of the row is still the recorded one.</param>
internal sealed record StoredProvenance(string Settings, DateTimeOffset At, CoverVersion? Version, UInt128? Content, bool IsOfPalette);
