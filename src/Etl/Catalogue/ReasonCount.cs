namespace PaletteEtl.Catalogue;

/// <summary>How many dead letters have a reason.</summary>
/// <param name="Reason">The name of the reason.</param>
/// <param name="Count">The dead letters that have it, from 1.</param>
public readonly record struct ReasonCount(string Reason, long Count);
