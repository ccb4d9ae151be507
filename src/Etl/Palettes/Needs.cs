namespace PaletteEtl.Palettes;

/// <summary>The data that a quantizer or a column needs from decoding.</summary>
/// <param name="Counts">The counts of pixels by bin are needed.</param>
/// <param name="Sums">The sums by bin are needed: of the mean colours of small areas, which are all of the same size. Unless counts are needed
/// as well, colours are converted from the colour profile of a cover to sRGB.</param>
/// <param name="MayBeScaled">A cover may be decoded smaller than it is.</param>
public readonly record struct Needs(bool Counts, bool Sums, bool MayBeScaled)
{
    /// <summary>A <see cref="Palettes.Raster"/> is needed.</summary>
    internal bool Raster { get; init; }

    /// <summary>The combined needs of two.</summary>
    public static Needs operator |(Needs one, Needs other) =>
        new(one.Counts || other.Counts, one.Sums || other.Sums, one.MayBeScaled && other.MayBeScaled) { Raster = one.Raster || other.Raster };
}
