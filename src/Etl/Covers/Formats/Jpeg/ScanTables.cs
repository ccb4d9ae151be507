namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>The tables that decode a component in a scan.</summary>
/// <param name="Dc">Reads DC differences; null in a scan of bits.</param>
/// <param name="Ac">Skips AC coefficients; null in a progressive scan.</param>
/// <param name="Low">Reads the first AC coefficients; null in a progressive scan.</param>
internal readonly record struct ScanTables(DcDifferences? Dc, AcSkips? Ac, AcValues? Low);
