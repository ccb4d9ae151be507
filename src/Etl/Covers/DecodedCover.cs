using PaletteEtl.Palettes;

namespace PaletteEtl.Covers;

/// <summary>What was decoded of a cover. Whoever takes it last disposes it.</summary>
/// <param name="Histogram">The sampled pixels.</param>
/// <param name="Damage">The damage that the cover has all the same; null when none was found.</param>
internal readonly record struct DecodedCover(ColorHistogram Histogram, string? Damage) : IDisposable
{
    public void Dispose() => Histogram.Dispose();
}
