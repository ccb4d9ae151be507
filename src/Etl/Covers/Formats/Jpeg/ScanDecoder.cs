using System.Runtime.CompilerServices;

namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>Decodes units that follow each other without a restart: their DC coefficients, and the first AC coefficients of a baseline picture.</summary>
internal static class ScanDecoder
{
    private const int ShortSpan = 1 << 16;

    /// <summary>Decodes units; false when the data is damaged.</summary>
    /// <param name="data">Their data, from its first bit to its last.</param>
    /// <param name="scan">The scan's header.</param>
    /// <param name="units">All units of the scan.</param>
    /// <param name="from">The first one.</param>
    /// <param name="to">Behind the last one.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryDecode(BitReader data, in JpegScan scan, ScanUnits units, int from, int to)
    {
        BitReader bits = data; // a local one is held in registers
        Span<int> sums = stackalloc int[JpegFrame.MaxComponents];
        sums.Clear();
        ReadOnlySpan<ScanBlock> blocks = units.Blocks;
        (int row, int column) = Math.DivRem(from, units.Wide);
        (bool isRefinement, int lowBit) = (scan.IsRefinement, scan.LowBit);
        int outside = 0;
        for (int unit = from; unit < to; unit++)
        {
            foreach (ref readonly ScanBlock block in blocks)
            {
                bits.Fill();
                int place = block.First + (row * block.Down) + (column * block.Right);
                ref short coefficient = ref block.Coefficients[place];
                if (isRefinement)
                {
                    coefficient |= (short)(bits.Bits >> 63 << lowBit);
                    bits.Skip(1);
                }
                else
                {
                    ref int sum = ref sums[block.Component];
                    if (!TryDifference(ref bits, block.Dc!, ref sum))
                    {
                        return false;
                    }

                    int at = block.Low?.Read(ref bits, block.Last, block.Coefficients.AsSpan(place), block.Plane) ?? 1;
                    if (block.Ac is { } ac && !TrySkipAc(ref bits, ac, at))
                    {
                        return false;
                    }

                    int value = sum << lowBit;
                    coefficient = (short)value;
                    outside |= value - short.MinValue;
                }

                if (bits.IsBeyond)
                {
                    return false;
                }
            }

            if (++column == units.Wide)
            {
                (row, column) = (row + 1, 0);
            }
        }

        return (uint)outside < ShortSpan && bits.IsAtEnd;
    }

    /// <summary>Reads the difference of a DC coefficient to the one before; false when there is no such code.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryDifference(ref BitReader bits, DcDifferences differences, ref int sum)
    {
        int entry = differences.Find(bits.Bits);
        if (entry != 0)
        {
            bits.Skip(entry);
            sum += DcDifferences.Difference(entry);
            return true;
        }

        BitReader slow = bits;
        bool isRead = differences.TryRead(ref slow, out int difference);
        sum += difference;
        bits = slow;
        bits.Fill();
        return isRead;
    }

    /// <summary>Passes over the AC coefficients of a block from one on; false when there are none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TrySkipAc(ref BitReader bits, AcSkips skips, int at)
    {
        if (at > 1)
        {
            if (at >= AcSkips.BlockCoefficients)
            {
                return at == AcSkips.BlockCoefficients;
            }

            bits.Fill();
        }

        int entry = Skip(ref bits, skips, ref at);
        if (at < AcSkips.BlockCoefficients)
        {
            entry = Skip(ref bits, skips, ref at);
        }

        while (true)
        {
            while (at < AcSkips.BlockCoefficients)
            {
                bits.Fill();
                entry = Skip(ref bits, skips, ref at);
                if (at >= AcSkips.BlockCoefficients)
                {
                    break;
                }

                entry = Skip(ref bits, skips, ref at);
                if (at >= AcSkips.BlockCoefficients)
                {
                    break;
                }

                entry = Skip(ref bits, skips, ref at);
            }

            if (AcSkips.IsEnd(at))
            {
                return true;
            }

            BitReader slow = bits;
            slow.Position -= AcSkips.Bits(entry);
            at = skips.SkipOne(ref slow, at - AcSkips.Coefficients(entry));
            bits = slow;
            if (at >= AcSkips.BlockCoefficients)
            {
                return AcSkips.IsEnd(at);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Skip(ref BitReader bits, AcSkips skips, ref int at)
    {
        int entry = skips.Find(bits.Bits);
        bits.Skip(entry);
        at += AcSkips.Coefficients(entry);
        return entry;
    }
}
