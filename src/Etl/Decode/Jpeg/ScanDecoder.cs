using System.Runtime.CompilerServices;

namespace Etl.Decode.Jpeg;

/// <summary>Decodes the DC coefficients of units that follow each other without a restart.</summary>
internal static class ScanDecoder
{
    private const int ShortSpan = 1 << 16;

    /// <summary>Of a baseline scan, between whose DC coefficients are all others; false when the data is damaged.</summary>
    /// <param name="data">The data, from its first bit to its last.</param>
    /// <param name="units">The units of the scan.</param>
    /// <param name="from">The first unit.</param>
    /// <param name="to">Behind the last one.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryBaseline(BitReader data, ScanUnits units, int from, int to)
    {
        BitReader bits = data;
        Span<int> sums = stackalloc int[JpegFrame.MaxComponents];
        sums.Clear();
        ReadOnlySpan<ScanBlock> blocks = units.Blocks;
        (int row, int column) = Math.DivRem(from, units.Wide);
        int outside = 0;
        for (int unit = from; unit < to; unit++)
        {
            foreach (ref readonly ScanBlock block in blocks)
            {
                bits.Fill();
                ref int sum = ref sums[block.Component];
                bool isRead = TryDifference(ref bits, block.Dc!, ref sum);
                outside |= sum - short.MinValue;
                block.Coefficients[block.First + (row * block.Down) + (column * block.Right)] = (short)sum;
                if (!isRead || !TrySkipAc(ref bits, block.Ac!) || bits.IsBeyond)
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

    /// <summary>Of the first scan of a progressive picture, but for the low bits; false when the data is damaged.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryFirstBits(BitReader data, ScanUnits units, int from, int to, int lowBit)
    {
        BitReader bits = data;
        Span<int> sums = stackalloc int[JpegFrame.MaxComponents];
        sums.Clear();
        (int row, int column) = Math.DivRem(from, units.Wide);
        int outside = 0;
        for (int unit = from; unit < to; unit++)
        {
            foreach (ref readonly ScanBlock block in units.Blocks)
            {
                bits.Fill();
                ref int sum = ref sums[block.Component];
                bool isRead = TryDifference(ref bits, block.Dc!, ref sum);
                outside |= (sum << lowBit) - short.MinValue;
                block.Coefficients[block.First + (row * block.Down) + (column * block.Right)] = (short)(sum << lowBit);
                if (!isRead || bits.IsBeyond)
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

    /// <summary>Of a scan that has one more bit of each coefficient; false when the data is damaged.</summary>
    public static bool TryNextBit(BitReader data, ScanUnits units, int from, int to, int bit)
    {
        BitReader bits = data;
        (int row, int column) = Math.DivRem(from, units.Wide);
        for (int unit = from; unit < to; unit++)
        {
            foreach (ref readonly ScanBlock block in units.Blocks)
            {
                bits.Fill();
                short set = (short)(bits.Bits >> 63 << bit);
                block.Coefficients[block.First + (row * block.Down) + (column * block.Right)] |= set;
                bits.Skip(1);
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

        return bits.IsAtEnd;
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

    /// <summary>Passes over the AC coefficients of a block; false when there are none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TrySkipAc(ref BitReader bits, AcSkips skips)
    {
        int at = 1;
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
