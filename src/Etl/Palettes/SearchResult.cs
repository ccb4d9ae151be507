
namespace PaletteEtl.Palettes;

/// <summary>The result of a search.</summary>
/// <param name="IsKnown">Whether a movie has the requested id.</param>
/// <param name="Palette">The movie's palette; null when it is missing or unreadable.</param>
/// <param name="Movies">The movies with the nearest palettes, the nearest first.</param>
internal sealed record SearchResult(bool IsKnown, Palette? Palette, IReadOnlyList<SimilarMovie> Movies);
