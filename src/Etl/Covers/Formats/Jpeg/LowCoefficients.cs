namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>The first coefficients of a block in the order of their codes, those that are read: enough for 16 samples.</summary>
internal static class LowCoefficients
{
    /// <summary>Coefficients that are read at most: those below the third diagonal of a block (ITU T.81, figure A.6).</summary>
    public const int Count = 10;

    /// <summary>The last coefficient for a number of samples of a block's side.</summary>
    public static int Last(int side) => side switch
    {
        1 => 0,
        2 => 4, // the first in each direction, and in both
        _ => Count - 1,
    };
}
