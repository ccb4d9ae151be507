namespace PaletteEtl.Palettes;

/// <summary>The data that a quantizer needs from decoding.</summary>
/// <param name="Counts">The counts of pixels by bin are needed.</param>
/// <param name="Sums">The sums of pixels by bin are needed.</param>
/// <param name="MayBeScaled">A cover may be decoded smaller than it is.</param>
public readonly record struct Needs(bool Counts, bool Sums, bool MayBeScaled)
{
    /// <summary>The combined needs of two quantizers.</summary>
    public static Needs operator |(Needs one, Needs other) =>
        new(one.Counts || other.Counts, one.Sums || other.Sums, one.MayBeScaled && other.MayBeScaled);
}
