namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>One of the blocks that a unit of a scan has: whose it is, where its coefficients go and what decodes it.</summary>
/// <param name="Component">Its component, by order in the scan.</param>
/// <param name="Coefficients">The DC coefficients of the component.</param>
/// <param name="First">The index of the first unit's coefficient.</param>
/// <param name="Right">The distance to the next unit's coefficient.</param>
/// <param name="Down">The distance to the coefficient of the unit below.</param>
/// <param name="Dc">Reads DC differences; null in a scan of bits.</param>
/// <param name="Ac">Skips AC coefficients; null in a progressive scan.</param>
/// <param name="Low">Reads the first AC coefficients; null where the mean is enough.</param>
/// <param name="Last">The last coefficient that is kept.</param>
/// <param name="Plane">The distance to the next coefficient of the same block.</param>
internal readonly record struct ScanBlock(
    int Component, short[] Coefficients, int First, int Right, int Down, DcDifferences? Dc, AcSkips? Ac, AcValues? Low, int Last, int Plane);
