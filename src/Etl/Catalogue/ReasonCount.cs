namespace PaletteEtl.Catalogue;

/// <summary>How many dead letters have a reason.</summary>
internal readonly record struct ReasonCount(string Reason, long Count);
