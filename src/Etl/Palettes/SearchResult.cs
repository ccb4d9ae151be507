
namespace PaletteEtl.Palettes;

/// <summary>What a search found.</summary>
/// <param name="IsKnown">Whether a movie has the id asked for.</param>
/// <param name="Palette">Its palette; null where it has none that can be read.</param>
/// <param name="Movies">The movies with the nearest palettes, the nearest first.</param>
internal sealed record SearchResult(bool IsKnown, Palette? Palette, IReadOnlyList<SimilarMovie> Movies);
