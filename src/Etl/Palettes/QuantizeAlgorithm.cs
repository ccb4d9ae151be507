namespace PaletteEtl.Palettes;

/// <summary>The ways a histogram can be reduced to a palette.</summary>
public enum QuantizeAlgorithm
{
    /// <summary>Modified median cut as in colorthief 0.2.1, byte for byte.</summary>
    ColorThief,

    /// <summary>Weighted k-means in OKLab: the colours an eye misses least, the most frequent first.</summary>
    Oklab,
}
