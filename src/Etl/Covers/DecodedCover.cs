using PaletteEtl.Palettes;

namespace PaletteEtl.Covers;

/// <summary>The result of decoding a cover. The last stage that uses it disposes it.</summary>
/// <param name="Histogram">The sampled pixels.</param>
/// <param name="Damage">The damage of the cover; null when none was found.</param>
internal readonly record struct DecodedCover(ColorHistogram Histogram, string? Damage) : IDisposable
{
    /// <summary>The decoder, and the size that it decoded.</summary>
    public CoverDecoding Decoding { get; init; }

    /// <summary>The cover as a very small picture; null if nobody needs it.</summary>
    public Raster? Raster { get; init; }

    public void Dispose() => Histogram.Dispose();
}
