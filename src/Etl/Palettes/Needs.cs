namespace PaletteEtl.Palettes;

/// <summary>What decoding has to collect of a cover for a quantizer.</summary>
/// <param name="Counts">The counts of pixels by bin are needed.</param>
/// <param name="Sums">The sums of pixels by bin are needed.</param>
/// <param name="MayBeScaled">A cover may be decoded smaller than it is.</param>
public readonly record struct Needs(bool Counts, bool Sums, bool MayBeScaled)
{
    /// <summary>What meets the needs of both.</summary>
    public static Needs operator |(Needs one, Needs other) =>
        new(one.Counts || other.Counts, one.Sums || other.Sums, one.MayBeScaled && other.MayBeScaled);
}
