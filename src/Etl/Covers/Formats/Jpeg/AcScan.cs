using System.Numerics;

namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>Goes through the AC coefficients of a progressive scan without their values (ITU T.81, G.1.2.2 and G.1.2.3), to find damage.</summary>
/// <remarks>Which coefficients are other than 0 after the scans so far is kept as a bit each, since the codes of later scans depend on it.</remarks>
internal static class AcScan
{
    private const int ZeroRun = 15;

    /// <summary>Goes through blocks that follow each other without a restart; false when the data is damaged.</summary>
    /// <param name="data">Their data, from its first bit to its last.</param>
    /// <param name="scan">The scan's header.</param>
    /// <param name="codes">The codes of the scan.</param>
    /// <param name="nonZero">By block, the coefficients that are other than 0.</param>
    public static bool TryPass(BitReader data, in JpegScan scan, HuffmanTable codes, Span<ulong> nonZero)
    {
        BitReader bits = data;
        int endedBlocks = 0; // blocks from here on that have no more codes
        foreach (ref ulong block in nonZero)
        {
            int at = scan.First;
            bool isPassed = endedBlocks > 0 || (scan.IsRefinement
                ? TryRefine(ref bits, scan, codes, ref block, ref at, ref endedBlocks)
                : TryFirst(ref bits, scan, codes, ref block, ref endedBlocks));
            if (!isPassed)
            {
                return false;
            }

            if (endedBlocks > 0)
            {
                endedBlocks--;
                if (scan.IsRefinement)
                {
                    Skip(ref bits, BitOperations.PopCount(block & Band(at, scan.Last)));
                }
            }

            if (bits.IsBeyond)
            {
                return false;
            }
        }

        return endedBlocks == 0 && bits.IsAtEnd;
    }

    /// <summary>Passes over a block's coefficients that no scan has had before.</summary>
    private static bool TryFirst(ref BitReader bits, in JpegScan scan, HuffmanTable codes, ref ulong block, ref int endedBlocks)
    {
        for (int at = scan.First; at <= scan.Last; at++)
        {
            if (!TryCode(ref bits, codes, out int run, out int size))
            {
                return false;
            }

            if (size == 0 && run != ZeroRun)
            {
                endedBlocks = BlocksThatEnd(ref bits, run);
                return true;
            }

            at += run;
            if (at > scan.Last)
            {
                return false;
            }

            bits.Skip(size);
            block |= size == 0 ? 0 : 1UL << at;
        }

        return true;
    }

    /// <summary>Passes over another bit of a block's coefficients: one for each that is other than 0, and codes for those that become so.</summary>
    /// <param name="bits">Where the block begins.</param>
    /// <param name="scan">The scan's header.</param>
    /// <param name="codes">The codes of the scan.</param>
    /// <param name="block">The coefficients that are other than 0.</param>
    /// <param name="at">The first coefficient; then the one at which the codes end.</param>
    /// <param name="endedBlocks">Blocks from this one on that have no more codes.</param>
    private static bool TryRefine(
        ref BitReader bits, in JpegScan scan, HuffmanTable codes, ref ulong block, ref int at, ref int endedBlocks)
    {
        ulong before = block;
        for (; at <= scan.Last; at++)
        {
            if (!TryCode(ref bits, codes, out int run, out int size) || size > 1)
            {
                return false;
            }

            if (size == 0 && run != ZeroRun)
            {
                endedBlocks = BlocksThatEnd(ref bits, run);
                return true;
            }

            bits.Skip(size);
            int first = at;
            while (at <= scan.Last && ((before >> at & 1) != 0 || run-- > 0))
            {
                at++;
            }

            if (at > scan.Last)
            {
                return false;
            }

            Skip(ref bits, BitOperations.PopCount(before & Band(first, at)));
            block |= (ulong)size << at;
        }

        return true;
    }

    private static bool TryCode(ref BitReader bits, HuffmanTable codes, out int run, out int size)
    {
        bits.Fill();
        int found = codes.Find(bits.Bits);
        bits.Skip(HuffmanTable.Length(found));
        (run, size) = (HuffmanTable.Symbol(found) >> 4, HuffmanTable.Symbol(found) & 15);
        return found != 0;
    }

    /// <summary>Blocks from this one on that end here: as many as the code and the bits behind it say.</summary>
    private static int BlocksThatEnd(ref BitReader bits, int length)
    {
        int blocks = (1 << length) + (int)(bits.Bits >> 1 >> (63 - length));
        bits.Skip(length);
        return blocks;
    }

    private static void Skip(ref BitReader bits, int count)
    {
        for (; count > 0; count -= BitReader.Filled)
        {
            bits.Fill();
            bits.Skip(Math.Min(count, BitReader.Filled));
        }
    }

    /// <summary>The coefficients from one to another, a bit each.</summary>
    private static ulong Band(int first, int last) => first > last ? 0 : ulong.MaxValue << first & ulong.MaxValue >> (63 - last);
}
