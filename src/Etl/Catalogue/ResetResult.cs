namespace PaletteEtl.Catalogue;

/// <summary>What a reset did, or would do.</summary>
/// <param name="Palettes">Palettes emptied.</param>
/// <param name="UnknownIds">Ids asked for that no movie has.</param>
public sealed record ResetResult(long Palettes, IReadOnlyList<string> UnknownIds);
