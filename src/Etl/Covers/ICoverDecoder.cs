using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace PaletteEtl.Covers;

/// <summary>Turns an encoded cover into a histogram. Used by many workers at once.</summary>
internal interface ICoverDecoder
{
    /// <summary>The histogram of the cover's sampled pixels, the caller's to dispose. Disposes the cover and the
    /// reservation, from which it takes what its codec needs.</summary>
    /// <exception cref="CoverException">The cover cannot be decoded.</exception>
    ValueTask<ColorHistogram> DecodeAsync(Cover cover, Reservation reservation, CancellationToken cancellationToken);
}
