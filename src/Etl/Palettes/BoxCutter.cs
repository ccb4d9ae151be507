using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PaletteEtl.Palettes;

/// <summary>Bounds, cuts and averages boxes of a histogram.</summary>
internal static class BoxCutter
{
    private const int Side = ColorHistogram.Side;
    private const int BinWidth = 8;

    /// <summary>The smallest box that holds every counted pixel; where there is none, a box without pixels.</summary>
    public static ColorBox Bound(ReadOnlySpan<int> counts) =>
        Bound(counts, new ColorBox(0, Side - 1, 0, Side - 1, 0, Side - 1));

    /// <summary>The smallest box that holds every pixel of a box.</summary>
    public static ColorBox Bound(ReadOnlySpan<int> counts, in ColorBox box)
    {
        Span<long> reds = stackalloc long[Side], greens = stackalloc long[Side], blues = stackalloc long[Side];
        long total = Marginals(counts, box, reds, greens, blues);
        return new ColorBox(First(reds), Last(reds), First(greens), Last(greens), First(blues), Last(blues)) { Count = total };
    }

    /// <summary>Cuts a box that is not empty along its widest side, near the median. Whether there is a second part:
    /// a box of one pixel stays whole. The second part may be empty, even of bins.</summary>
    public static bool Cut(ReadOnlySpan<int> counts, in ColorBox box, out ColorBox first, out ColorBox second)
    {
        first = second = box;
        if (box.Count == 1)
        {
            return false;
        }

        Span<long> reds = stackalloc long[Side], greens = stackalloc long[Side], blues = stackalloc long[Side];
        Marginals(counts, box, reds, greens, blues);

        // On a tie red goes before green before blue.
        int widest = Math.Max(box.Reds, Math.Max(box.Greens, box.Blues));
        if (box.Reds == widest)
        {
            int place = Place(reds, box.RedLow, box.RedHigh, box.Count, out first.Count);
            first.RedHigh = place;
            second.RedLow = place + 1;
        }
        else if (box.Greens == widest)
        {
            int place = Place(greens, box.GreenLow, box.GreenHigh, box.Count, out first.Count);
            first.GreenHigh = place;
            second.GreenLow = place + 1;
        }
        else
        {
            int place = Place(blues, box.BlueLow, box.BlueHigh, box.Count, out first.Count);
            first.BlueHigh = place;
            second.BlueLow = place + 1;
        }

        second.Count = box.Count - first.Count;
        return true;
    }

    /// <summary>The mean colour of a box that is not empty, each pixel standing at the middle of its bin.</summary>
    public static Rgb Average(ReadOnlySpan<int> counts, in ColorBox box)
    {
        Span<long> reds = stackalloc long[Side], greens = stackalloc long[Side], blues = stackalloc long[Side];
        long total = Marginals(counts, box, reds, greens, blues);
        return new(Mean(reds, total), Mean(greens, total), Mean(blues, total));
    }

    /// <summary>Where to cut a side: the last bin of the first part. The marginal must not be all zero.</summary>
    private static int Place(ReadOnlySpan<long> marginal, int low, int high, long total, out long below)
    {
        Span<long> upTo = stackalloc long[Side];
        long sum = 0;
        for (int i = low; i <= high; i++)
        {
            sum += marginal[i];
            upTo[i] = sum;
        }

        int middle = low;
        while (2 * upTo[middle] <= total)
        {
            middle++;
        }

        int left = middle - low;
        int right = high - middle;
        int place = left <= right ? middle + (right / 2) : Math.Max(low, middle - 1 - ((left + 1) / 2));
        while (upTo[place] == 0)
        {
            place++;
        }

        while (place > low && upTo[place] == total && upTo[place - 1] != 0)
        {
            place--;
        }

        below = upTo[place];
        return place;
    }

    /// <summary>Pixels of the box by bin of each channel, zero outside it; returns those of the box.</summary>
    /// <remarks>Whole rows are added, masked to the box; sums stay below 2^31, as a cover has fewer sampled pixels.</remarks>
    // Optimized from the first call: a run of a few hundred covers would be over before the runtime does it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long Marginals(ReadOnlySpan<int> counts, in ColorBox box, Span<long> reds, Span<long> greens, Span<long> blues)
    {
        int width = Side / Vector<int>.Count;
        ReadOnlySpan<Vector<int>> rows = MemoryMarshal.Cast<int, Vector<int>>(counts);
        Span<Vector<int>> inside = stackalloc Vector<int>[width], ofBlues = stackalloc Vector<int>[width];
        Span<Vector<int>> ofGreens = stackalloc Vector<int>[Side];
        ofBlues.Clear();
        ofGreens.Clear();
        for (int i = 0; i < width; i++)
        {
            Vector<int> bins = Vector.CreateSequence(i * Vector<int>.Count, 1);
            inside[i] = Vector.GreaterThanOrEqual(bins, new(box.BlueLow)) & Vector.LessThanOrEqual(bins, new(box.BlueHigh));
        }

        long total = 0;
        reds.Clear();
        for (int red = box.RedLow; red <= box.RedHigh; red++)
        {
            Vector<int> ofRed = Vector<int>.Zero;
            for (int green = box.GreenLow; green <= box.GreenHigh; green++)
            {
                ReadOnlySpan<Vector<int>> row = rows.Slice(((red * Side) + green) * width, width);
                Vector<int> ofRow = Vector<int>.Zero;
                for (int i = 0; i < row.Length; i++)
                {
                    Vector<int> masked = row[i] & inside[i];
                    ofBlues[i] += masked;
                    ofRow += masked;
                }

                ofGreens[green] += ofRow;
                ofRed += ofRow;
            }

            reds[red] = Vector.Sum(ofRed);
            total += reds[red];
        }

        for (int bin = 0; bin < Side; bin++)
        {
            greens[bin] = Vector.Sum(ofGreens[bin]);
            blues[bin] = ofBlues[bin / Vector<int>.Count][bin % Vector<int>.Count];
        }

        return total;
    }

    private static byte Mean(ReadOnlySpan<long> marginal, long total)
    {
        double sum = 0;
        for (int bin = 0; bin < marginal.Length; bin++)
        {
            sum += marginal[bin] * (bin + 0.5) * BinWidth;
        }

        return (byte)(sum / total);
    }

    private static int First(ReadOnlySpan<long> marginal) => marginal.IndexOfAnyExcept(0L);

    private static int Last(ReadOnlySpan<long> marginal) => marginal.LastIndexOfAnyExcept(0L);
}
