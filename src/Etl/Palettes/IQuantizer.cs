namespace PaletteEtl.Palettes;

/// <summary>Reduces a histogram to a palette: CPU work, which is synchronous. Used concurrently, each with a histogram of its
/// own.</summary>
public interface IQuantizer
{
    /// <summary>The data that the histogram must contain; constant for the lifetime of the quantizer.</summary>
    Needs Needs { get; }

    /// <summary>Whether palettes have the population of each colour.</summary>
    bool HasPopulation { get; }

    /// <summary>The algorithm, its version and its settings in one line. Palettes with the same fingerprint are comparable: the same
    /// pixels make the same palette. Stored with each palette. Default: the name of the type.</summary>
    string Fingerprint => GetType().FullName!;

    /// <summary>Makes the palette of a histogram. The same pixels in any order make the same palette.</summary>
    /// <param name="histogram">A histogram that meets the <see cref="Needs"/>. The caller disposes it afterwards.</param>
    /// <returns>A palette of exactly the colours asked for, the most prominent first; they are repeated where the pixels have
    /// fewer. No colours where there are no pixels.</returns>
    /// <exception cref="ArgumentException">The histogram does not meet the needs.</exception>
    Palette Quantize(ColorHistogram histogram);
}
