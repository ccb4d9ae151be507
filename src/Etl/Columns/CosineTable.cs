using PaletteEtl.Palettes;

namespace PaletteEtl.Columns;

/// <summary>Cosines for the transform of a <see cref="Raster"/>, computed once for each length of its sides.</summary>
/// <param name="frequencies">The frequencies, from 0.</param>
/// <param name="angle">The angle of a length, a frequency and a place.</param>
internal sealed class CosineTable(int frequencies, Func<int, int, int, double> angle)
{
    private readonly double[]?[] _known = new double[Raster.MaxSide + 1][];

    /// <summary>The cosines for a length of 1 to 32: place after place, those of all frequencies.</summary>
    public double[] Of(int length) => _known[length] ??=
    [
        .. Enumerable.Range(0, length * frequencies).Select(i => Cosine.Of(angle(length, i % frequencies, i / frequencies))),
    ];
}
