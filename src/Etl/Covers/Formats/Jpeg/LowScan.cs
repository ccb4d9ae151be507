namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>Decodes the first AC coefficients in a progressive scan that has them first (ITU T.81, G.1.2.2).</summary>
internal static class LowScan
{
    private const int ZeroRun = 15;

    /// <summary>Decodes blocks that follow each other without a restart; false when the data is damaged.</summary>
    /// <param name="data">Their data, from its first bit to its last.</param>
    /// <param name="scan">The scan's header.</param>
    /// <param name="codes">The codes of the scan.</param>
    /// <param name="plane">The coefficients of the component.</param>
    /// <param name="wide">Blocks of a row in the scan.</param>
    /// <param name="from">The first block.</param>
    /// <param name="to">Behind the last one.</param>
    public static bool TryDecode(BitReader data, in JpegScan scan, HuffmanTable codes, DcPlane plane, int wide, int from, int to)
    {
        BitReader bits = data;
        int endedBlocks = 0; // blocks from here on that have no more codes
        for (int block = from; block < to; block++)
        {
            if (endedBlocks > 0)
            {
                endedBlocks--;
                continue;
            }

            (int row, int column) = Math.DivRem(block, wide);
            Span<short> coefficients = plane.Coefficients.AsSpan((row * plane.Stride) + column);
            if (!TryDecode(ref bits, scan, codes, coefficients, plane, ref endedBlocks) || bits.IsBeyond)
            {
                return false;
            }
        }

        return endedBlocks == 0 && bits.IsAtEnd;
    }

    private static bool TryDecode(
        ref BitReader bits, in JpegScan scan, HuffmanTable codes, Span<short> coefficients, DcPlane plane, ref int endedBlocks)
    {
        for (int at = scan.First; at <= scan.Last; at++)
        {
            bits.Fill();
            int found = codes.Find(bits.Bits);
            (int run, int size) = (HuffmanTable.Symbol(found) >> 4, HuffmanTable.Symbol(found) & 15);
            bits.Skip(HuffmanTable.Length(found));
            if (found == 0)
            {
                return false;
            }

            if (size == 0 && run != ZeroRun)
            {
                endedBlocks = (1 << run) + (int)(bits.Bits >> 1 >> (63 - run)) - 1;
                bits.Skip(run);
                return true;
            }

            at += run;
            if (at > scan.Last)
            {
                return false;
            }

            if (at <= plane.Last)
            {
                int value = DcDifferences.Value((int)(bits.Bits >> 1 >> (63 - size)), size);
                coefficients[at * plane.Plane] = Middle(value, scan.LowBit);
            }

            bits.Skip(size);
        }

        return true;
    }

    /// <summary>The middle of the values that the bits not known yet leave.</summary>
    private static short Middle(int value, int unknownBits) =>
        (short)((value << unknownBits) + (Math.Sign(value) * ((1 << unknownBits) >> 1)));
}
