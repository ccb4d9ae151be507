namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>The factors of the coefficients that are read: DC, and the first AC coefficient in each direction.</summary>
/// <param name="Dc">The mean of the block; <see cref="JpegTables.Missing"/> without a table.</param>
/// <param name="Across">From left to right.</param>
/// <param name="Down">From top to bottom.</param>
/// <param name="Diagonal">In both directions.</param>
internal readonly record struct LowQuantizers(int Dc, int Across, int Down, int Diagonal)
{
    public bool IsMissing => Dc == JpegTables.Missing;
}
