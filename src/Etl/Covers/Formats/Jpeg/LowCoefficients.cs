namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>The coefficients of a block that are read, by their number in the order of the codes: 0, 1, 2 and 4.</summary>
internal static class LowCoefficients
{
    public const int Count = 4;

    /// <summary>The last of them.</summary>
    public const int Last = 4;

    private const byte None = byte.MaxValue;

    private static ReadOnlySpan<byte> Planes => [0, 1, 2, None, 3];

    /// <summary>The plane of a coefficient from 1 to <see cref="Last"/>; false for one that is not read.</summary>
    public static bool TryPlane(int coefficient, out int plane)
    {
        plane = Planes[coefficient];
        return plane != None;
    }
}
