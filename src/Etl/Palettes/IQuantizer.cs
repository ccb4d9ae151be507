namespace PaletteEtl.Palettes;

/// <summary>Reduces a histogram to a palette. Used by many workers at once.</summary>
internal interface IQuantizer
{
    /// <summary>What the histogram must have.</summary>
    Needs Needs { get; }

    /// <summary>Whether palettes have the population of each colour.</summary>
    bool HasPopulation { get; }

    /// <summary>A palette of exactly the colours asked for, whatever the histogram; it is the caller's to dispose.</summary>
    Palette Quantize(ColorHistogram histogram);
}
