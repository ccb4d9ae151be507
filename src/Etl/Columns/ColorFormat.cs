namespace PaletteEtl.Columns;

/// <summary>The notations of a colour.</summary>
public enum ColorFormat
{
    /// <summary><c>#7cc6cb</c>.</summary>
    Hex,

    /// <summary><c>rgb(124 198 203)</c>, as CSS writes it.</summary>
    Rgb,

    /// <summary><c>oklch(78% 0.074 201.25)</c>, as CSS writes it.</summary>
    Oklch,

    /// <summary><c>[124, 198, 203]</c>.</summary>
    Json,
}
