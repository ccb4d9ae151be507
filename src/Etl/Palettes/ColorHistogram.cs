using System.Buffers;

namespace PaletteEtl.Palettes;

/// <summary>How many of a cover's sampled pixels fall into each colour bin: 5 bits a channel, 32 x 32 x 32 bins.</summary>
/// <remarks>
/// All histograms have the same size, so the memory between decode and quantize is bounded. Near-white and transparent
/// pixels, which the reference leaves out, are counted separately for covers that have too few others.
/// For a quantizer that needs the pixels' means it has sums, which include near-white pixels among the opaque ones.
/// The arrays are pooled: the last user disposes the histogram, and with it the sums. One thread at a time may use it.
/// </remarks>
public sealed class ColorHistogram : IDisposable
{
    /// <summary>Bits of a channel that choose its bin.</summary>
    public const int Bits = 5;

    /// <summary>Bins of a channel.</summary>
    public const int Side = 1 << Bits;

    /// <summary>Bins in all.</summary>
    public const int Bins = Side * Side * Side;

    /// <summary>The bin every near-white pixel falls into: all channels above 250 have the same 5 high bits.</summary>
    public const int WhiteBin = Bins - 1;

    private int[]? _counts;
    private int[]? _transparent;
    private BinSums? _transparentSums;

    /// <summary>A histogram without pixels, of counts, of sums or of both.</summary>
    internal ColorHistogram(bool hasCounts = true, bool hasSums = false)
    {
        HasCounts = hasCounts;
        _counts = hasCounts ? Rent() : null;
        Sums = hasSums ? new BinSums() : null;
    }

    /// <summary>Whether there are counts.</summary>
    public bool HasCounts { get; }

    /// <summary>Sums of the opaque pixels; null unless <see cref="Needs.Sums"/> are needed.</summary>
    public BinSums? Sums { get; private set; }

    /// <summary>Pixels counted by bin (<c>red &lt;&lt; 10 | green &lt;&lt; 5 | blue</c>, each the upper five bits of a channel), near-white
    /// and transparent ones apart.</summary>
    /// <exception cref="InvalidOperationException">The histogram has no counts, because <see cref="Needs.Counts"/> are not needed.</exception>
    /// <exception cref="ObjectDisposedException">The histogram is disposed.</exception>
    public ReadOnlySpan<int> Counts => Counters;

    /// <summary>Opaque near-white pixels.</summary>
    public int White { get; internal set; }

    /// <summary>Whether any pixel was transparent.</summary>
    public bool HasTransparent => _transparent is not null || _transparentSums is not null;

    /// <summary>Transparent pixels counted by bin; empty when there are none.</summary>
    public ReadOnlySpan<int> Transparent => _transparent is null ? [] : TransparentCounters;

    /// <summary>Sums of the transparent pixels; null when there are none.</summary>
    public BinSums? TransparentSums => _transparentSums;

    internal Span<int> Counters => HasCounts
        ? Counted(_counts)
        : throw new InvalidOperationException("The histogram has no counts. Fix: set Counts in the Needs of the quantizer.");

    internal Span<int> TransparentCounters => Counted(_transparent ??= Rent());

    /// <summary>The sums that transparent pixels are added to.</summary>
    internal BinSums TransparentSummed => _transparentSums ??= new BinSums();

    /// <summary>The histogram of opaque pixels, as decoding makes it of a cover, for the test of a quantizer.</summary>
    /// <param name="pixels">The pixels, each of which is counted.</param>
    /// <param name="needs">The needs of the quantizer.</param>
    public static ColorHistogram Of(ReadOnlySpan<Rgb> pixels, Needs needs)
    {
        var histogram = new ColorHistogram(needs.Counts, needs.Sums);
        foreach (Rgb pixel in pixels)
        {
            PixelSampler.Sample([0xFF000000 | (uint)(pixel.R | (pixel.G << 8) | (pixel.B << 16))], first: 0, step: 1, histogram);
        }

        histogram.Complete();
        return histogram;
    }

    /// <summary>Counts the pixels of all bins, before a quantizer merges some.</summary>
    internal long CountPixels() => Sums is { } sums
        ? sums.CountPixels() + (_transparentSums?.CountPixels() ?? 0)
        : White + Total(Counts) + Total(Transparent);

    /// <summary>Adds the near-white pixels to the counts.</summary>
    internal void KeepWhite()
    {
        Counters[WhiteBin] += White;
        White = 0;
    }

    /// <summary>Adds the transparent pixels to the counts.</summary>
    internal void KeepTransparent()
    {
        Span<int> counts = Counters;
        Span<int> transparent = TransparentCounters;
        for (int bin = 0; bin < Bins; bin++)
        {
            counts[bin] += transparent[bin];
        }

        transparent.Clear();
    }

    /// <summary>Converts the colours of the sums to sRGB.</summary>
    internal void Convert(ColorProfile profile)
    {
        if (Sums is { } sums)
        {
            Sums = Replace(sums, profile);
            _transparentSums = _transparentSums is null ? null : Replace(_transparentSums, profile);
        }
    }

    /// <summary>All pixels are counted: what only counting needed is given back.</summary>
    internal void Complete()
    {
        Sums?.Order();
        _transparentSums?.Order();
    }

    /// <summary>Gives the arrays back.</summary>
    public void Dispose()
    {
        Return(ref _counts);
        Return(ref _transparent);
        Sums?.Return();
        _transparentSums?.Return();
    }

    private static BinSums Replace(BinSums sums, ColorProfile profile)
    {
        BinSums converted = sums.Converted(profile);
        sums.Return();
        return converted;
    }

    private static Span<int> Counted(int[]? counts) =>
        counts is null ? throw new ObjectDisposedException(nameof(ColorHistogram)) : counts.AsSpan(0, Bins);

    private static long Total(ReadOnlySpan<int> counts)
    {
        long total = 0;
        foreach (int count in counts)
        {
            total += count;
        }

        return total;
    }

    private static int[] Rent()
    {
        int[] counts = ArrayPool<int>.Shared.Rent(Bins);
        counts.AsSpan(0, Bins).Clear();
        return counts;
    }

    private static void Return(ref int[]? counts)
    {
        if (Interlocked.Exchange(ref counts, null) is { } rented)
        {
            ArrayPool<int>.Shared.Return(rented);
        }
    }
}
