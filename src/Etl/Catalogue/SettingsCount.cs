namespace PaletteEtl.Catalogue;

/// <summary>The palettes made with the same settings.</summary>
/// <param name="Settings">The settings.</param>
/// <param name="Count">How many there are.</param>
internal sealed record SettingsCount(string Settings, long Count);
