using System.Buffers;
using System.Runtime.Intrinsics;
using PaletteEtl.Palettes;

namespace PaletteEtl.Columns;

/// <summary>The colour bins of a cover that have pixels, with their counts. Transparent pixels count only where there are no others.</summary>
internal sealed class ColorBins : IDisposable
{
    private readonly ushort[] _bins;
    private readonly long[] _counts;
    private int _count;

    private ColorBins(int room) => (_bins, _counts) = (ArrayPool<ushort>.Shared.Rent(room), ArrayPool<long>.Shared.Rent(room));

    /// <summary>The bins, as <see cref="ColorHistogram"/> numbers them.</summary>
    public ReadOnlySpan<ushort> Bins => _bins.AsSpan(0, _count);

    /// <summary>The pixels of each.</summary>
    public ReadOnlySpan<long> Counts => _counts.AsSpan(0, _count);

    /// <summary>The pixels of all.</summary>
    public long Total { get; private set; }

    public static ColorBins Of(ColorHistogram histogram)
    {
        if (histogram.Sums is not { } sums)
        {
            return OfCounts(histogram);
        }

        BinSums seen = sums.Count > 0 ? sums : histogram.TransparentSums ?? sums;
        var bins = new ColorBins(seen.Count);
        ReadOnlySpan<ushort> places = seen.Bins;
        ReadOnlySpan<Vector128<uint>> counted = seen.Sums;
        for (int i = 0; i < places.Length; i++)
        {
            bins.Add(places[i], counted[i][BinSums.CountLane]);
        }

        return bins;
    }

    /// <summary>The colour in the middle of a bin.</summary>
    public static Rgb ColorOf(int bin) => new(Middle(bin >> (2 * ColorHistogram.Bits)), Middle(bin >> ColorHistogram.Bits), Middle(bin));

    /// <summary>Returns the arrays to their pool.</summary>
    public void Dispose()
    {
        ArrayPool<ushort>.Shared.Return(_bins);
        ArrayPool<long>.Shared.Return(_counts);
    }

    private static ColorBins OfCounts(ColorHistogram histogram)
    {
        var bins = new ColorBins(ColorHistogram.Bins + 1);
        bins.AddAll(histogram.Counts);
        if (histogram.White > 0)
        {
            bins.Add(ColorHistogram.WhiteBin, histogram.White);
        }

        if (bins.Total == 0)
        {
            bins.AddAll(histogram.Transparent);
        }

        return bins;
    }

    private static byte Middle(int bin) => (byte)(((bin % ColorHistogram.Side) << 3) + 4);

    private void AddAll(ReadOnlySpan<int> counts)
    {
        for (int first = 0; first < counts.Length; first += Vector256<int>.Count)
        {
            if (Vector256.Create(counts[first..]) == Vector256<int>.Zero)
            {
                continue;
            }

            for (int bin = first; bin < first + Vector256<int>.Count; bin++)
            {
                Add(bin, counts[bin]);
            }
        }
    }

    private void Add(int bin, long count)
    {
        if (count > 0)
        {
            (_bins[_count], _counts[_count]) = ((ushort)bin, count);
            _count++;
            Total += count;
        }
    }
}
