using PaletteEtl.Palettes;

namespace PaletteEtl.Covers;

/// <summary>The sampled pixels of a cover.</summary>
/// <param name="Histogram">The pixels, the caller's to dispose.</param>
/// <param name="Damage">The damage that was found in the cover, as a sentence; null when none was.</param>
internal readonly record struct DecodedCover(ColorHistogram Histogram, string? Damage);
