namespace PaletteEtl.Covers.Formats.Avif;

/// <summary>The sequence header of AV1 (AV1 Bitstream Specification, 5.5), as far as the description of colours.</summary>
internal static class SequenceHeader
{
    private const int Unspecified = 2;

    /// <summary>How colours are coded; null when there is no header, or one with the timing of a video.</summary>
    public static ColorDescription? Read(ReadOnlySpan<byte> coded)
    {
        const int Header = 1, Delimiter = 2;
        while (!coded.IsEmpty)
        {
            int type = (coded[0] >> 3) & 15;
            bool hasExtension = (coded[0] & 4) != 0, hasSize = (coded[0] & 2) != 0;
            coded = coded[Math.Min(hasExtension ? 2 : 1, coded.Length)..];
            int size = hasSize ? Size(ref coded) : coded.Length;
            if (size > coded.Length || type is not (Header or Delimiter))
            {
                return null;
            }

            if (type == Header)
            {
                return Read(new Bits(coded[..size]));
            }

            coded = coded[size..];
        }

        return null;
    }

    /// <summary>A number of 7 bits a byte, least significant first.</summary>
    private static int Size(ref ReadOnlySpan<byte> coded)
    {
        uint size = 0;
        for (int i = 0; i < 4 && i < coded.Length; i++)
        {
            size |= (coded[i] & 0x7Fu) << (7 * i);
            if (coded[i] < 0x80)
            {
                coded = coded[(i + 1)..];
                return (int)size;
            }
        }

        return int.MaxValue;
    }

    private static ColorDescription? Read(Bits bits)
    {
        uint profile = bits.Number(3);
        bits.Skip(1); // still picture
        bool isReduced = bits.Flag();
        if (!SkipOperatingPoints(ref bits, isReduced))
        {
            return null;
        }

        (int widthBits, int heightBits) = ((int)bits.Number(4) + 1, (int)bits.Number(4) + 1);
        bits.Skip(widthBits + heightBits);
        if (!isReduced && bits.Flag())
        {
            bits.Skip(7); // frame numbers
        }

        bits.Skip(3); // superblocks, intra filter, intra edges
        if (!isReduced)
        {
            SkipInterTools(ref bits);
        }

        bits.Skip(3); // super-resolution, filters
        return Colors(ref bits, profile);
    }

    private static bool SkipOperatingPoints(ref Bits bits, bool isReduced)
    {
        if (isReduced)
        {
            bits.Skip(5);
            return true;
        }

        bool hasTiming = bits.Flag(), hasDelay = bits.Flag();
        for (uint points = bits.Number(5) + 1; points > 0; points--)
        {
            bits.Skip(12);
            bits.Skip(bits.Number(5) > 7 ? 1 : 0);
            bits.Skip(hasDelay && bits.Flag() ? 4 : 0);
        }

        return !hasTiming;
    }

    private static void SkipInterTools(ref Bits bits)
    {
        bits.Skip(4);
        bool hasOrder = bits.Flag();
        bits.Skip(hasOrder ? 2 : 0);
        bool hasScreenTools = bits.Flag() || bits.Flag();
        if (hasScreenTools && !bits.Flag())
        {
            bits.Skip(1);
        }

        bits.Skip(hasOrder ? 3 : 0);
    }

    private static ColorDescription? Colors(ref Bits bits, uint profile)
    {
        bool isDeep = bits.Flag();
        bits.Skip(isDeep && profile == 2 ? 1 : 0);
        bits.Skip(profile == 1 ? 0 : 1); // grey
        uint primaries = Unspecified, transfer = Unspecified, matrix = Unspecified;
        if (bits.Flag())
        {
            (primaries, transfer, matrix) = (bits.Number(8), bits.Number(8), bits.Number(8));
        }

        bool isSrgb = (primaries, transfer, matrix) == (1, 13, 0); // has full range and no field of it
        var colors = new ColorDescription((int)matrix, isSrgb || bits.Flag());
        return colors.IsKnown && !bits.IsOverrun ? colors : null;
    }
}
