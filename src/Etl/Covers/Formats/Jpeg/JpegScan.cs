namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>The header of a scan (ITU T.81, B.2.3), but for its components.</summary>
/// <param name="First">The first coefficient it has of each block.</param>
/// <param name="Last">The last one.</param>
/// <param name="HighBit">The bit an earlier scan ended at; 0 when there was none.</param>
/// <param name="LowBit">The bit this one ends at.</param>
internal readonly record struct JpegScan(int First, int Last, int HighBit, int LowBit)
{
    /// <summary>The most that codecs take.</summary>
    private const int MaxLowBit = 13;

    public bool IsRefinement => HighBit != 0;

    public bool HasDc => First == 0;

    /// <summary>Whether it has DC coefficients as differences, not as another bit.</summary>
    public bool HasDifferences => HasDc && !IsRefinement;

    /// <summary>The three bytes at the end of the header.</summary>
    public static JpegScan Read(ReadOnlySpan<byte> end) => new(end[0], end[1], end[2] >> 4, end[2] & 15);

    /// <summary>Whether a picture may have such a scan of so many components.</summary>
    public bool IsValid(bool progressive, int components) => !progressive
        ? this == new JpegScan(0, AcSkips.BlockCoefficients - 1, 0, 0)
        : (HasDc ? Last == 0 : First <= Last && Last < AcSkips.BlockCoefficients && components == 1)
            && (HighBit == 0 ? LowBit <= MaxLowBit : LowBit == HighBit - 1);
}
