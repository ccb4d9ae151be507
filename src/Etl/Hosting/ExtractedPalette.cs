using PaletteEtl.Palettes;

namespace PaletteEtl.Hosting;

/// <summary>The palette of a picture that could be decoded, damaged or not.</summary>
/// <param name="Palette">The palette.</param>
/// <param name="Damage">The damage that was found, as a sentence; null when none was.</param>
public sealed record ExtractedPalette(Palette Palette, string? Damage)
{
    /// <summary>The colour space whose colours were counted as sRGB because it is not converted, such as <c>PQ</c>; null for none, and
    /// always for <see cref="QuantizeAlgorithm.ColorThief"/>, which counts stored values.</summary>
    public string? UnconvertedColors { get; init; }

    /// <summary>The values of the columns that <see cref="EtlOptions.Columns"/> names, in a fixed order.</summary>
    public IReadOnlyList<ColumnValue> Columns { get; init; } = [];
}
