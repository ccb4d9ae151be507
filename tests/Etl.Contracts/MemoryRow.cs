using PaletteEtl.Palettes;

namespace Etl.Contracts;

/// <summary>A movie of a <see cref="MemoryCatalogue"/>.</summary>
/// <param name="Key">Its place in the order of the movies.</param>
/// <param name="Palette">Its palette; null when that is missing.</param>
internal readonly record struct MemoryRow(long Key, Palette? Palette);
