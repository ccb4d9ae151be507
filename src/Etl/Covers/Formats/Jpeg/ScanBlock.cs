namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>One of the blocks that a unit of a scan has: whose it is, where its DC coefficients go and what decodes it.</summary>
/// <param name="Component">Its component, by order in the scan.</param>
/// <param name="Coefficients">The DC coefficients of the component.</param>
/// <param name="First">Where that of the first unit is.</param>
/// <param name="Right">How far the next unit's is behind it.</param>
/// <param name="Down">How far that of the unit below is behind it.</param>
/// <param name="Dc">What reads differences; null in a scan of bits.</param>
/// <param name="Ac">What passes over AC coefficients; null in a progressive scan.</param>
internal readonly record struct ScanBlock(
    int Component, short[] Coefficients, int First, int Right, int Down, DcDifferences? Dc, AcSkips? Ac);
