namespace PaletteEtl.Catalogue;

/// <summary>The result of a reset or of its preview.</summary>
/// <param name="Palettes">Number of palettes that are emptied.</param>
/// <param name="UnknownIds">Selected ids that no movie has.</param>
public sealed record ResetResult(long Palettes, IReadOnlyList<string> UnknownIds);
