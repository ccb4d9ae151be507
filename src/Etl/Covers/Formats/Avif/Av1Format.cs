namespace PaletteEtl.Covers.Formats.Avif;

/// <summary>The samples of AV1, as the property <c>av1C</c> says.</summary>
/// <param name="Bits">Bits of a sample: 8, 10 or 12.</param>
/// <param name="IsGrey">Whether there is luma alone.</param>
/// <param name="IsHalfWide">Whether chroma has half of the columns.</param>
/// <param name="IsHalfHigh">Whether chroma has half of the rows.</param>
internal readonly record struct Av1Format(int Bits, bool IsGrey, bool IsHalfWide, bool IsHalfHigh)
{
    /// <summary>Bytes of the property before the headers of the coded data.</summary>
    public const int PropertyBytes = 4;

    /// <summary>Whether chroma has less columns or rows than luma.</summary>
    public bool IsSubsampled => !IsGrey && (IsHalfWide || IsHalfHigh);

    /// <summary>Reads the property; null when it is of another version.</summary>
    public static Av1Format? Read(Fields property)
    {
        const byte Version1 = 0x81;
        const int HighDepth = 0x40, TwelveBits = 0x20, Grey = 0x10, HalfWide = 0x08, HalfHigh = 0x04;
        byte version = property.UInt8();
        property.UInt8(); // profile and level
        int flags = property.UInt8();
        property.UInt8(); // delay
        return version == Version1 && !property.IsOverrun
            ? new Av1Format(
                (flags & HighDepth) == 0 ? 8 : (flags & TwelveBits) == 0 ? 10 : 12,
                (flags & Grey) != 0,
                (flags & HalfWide) != 0,
                (flags & HalfHigh) != 0)
            : null;
    }
}
