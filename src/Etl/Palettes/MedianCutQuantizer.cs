using System.Globalization;

namespace PaletteEtl.Palettes;

/// <summary>Modified median cut as colorthief 0.2.1 does it, after Leptonica's colorquant2 (Bloomberg 2008).</summary>
/// <remarks>
/// Where the reference yields fewer colours than requested, further cuts add colours behind the reference's, except with
/// <see cref="Pinned"/> colours. If there are still too few, near-white pixels are added if that brings more colours; then the
/// palette's own colours are repeated. Transparent pixels count only in a picture without any others.
/// </remarks>
internal sealed class MedianCutQuantizer(int colorCount) : IQuantizer
{
    /// <summary>The number of colours without further cuts: catalogues hold these palettes, and compare them.</summary>
    private const int Pinned = 6;

    private const int MaxCuts = 1_000;
    private const double FirstPhase = 0.75;

    public Needs Needs => new(Counts: true, Sums: false, MayBeScaled: false);

    public bool HasPopulation => false;

    public string Fingerprint => string.Create(CultureInfo.InvariantCulture, $"ColorThief/1 colors={colorCount}");

    public Palette Quantize(ColorHistogram histogram)
    {
        PaletteBuilder palette = Cut(histogram.Counts);
        if (palette.Count < colorCount && histogram.White > 0)
        {
            histogram.KeepWhite();
            palette = Richer(palette, Cut(histogram.Counts));
        }

        if (palette.Count == 0 && histogram.HasTransparent)
        {
            histogram.KeepTransparent();
            palette = Cut(histogram.Counts);
        }

        return Fill(palette);
    }

    private static PaletteBuilder Richer(PaletteBuilder strict, PaletteBuilder relaxed) => relaxed.Count > strict.Count ? relaxed : strict;

    /// <summary>The colours of the reference's boxes, without empty ones and never more than the requested number, and those of
    /// further cuts.</summary>
    private PaletteBuilder Cut(ReadOnlySpan<int> counts)
    {
        Span<ColorBox> storage = stackalloc ColorBox[BoxQueue.Capacity(colorCount)];
        Span<ColorBox> second = stackalloc ColorBox[storage.Length];

        var byCount = new BoxQueue(storage, byVolume: false);
        ColorBox whole = BoxCutter.Bound(counts);
        if (whole.Count == 0)
        {
            return default;
        }

        byCount.Push(whole);
        Split(ref byCount, counts, FirstPhase * colorCount);

        var byVolume = new BoxQueue(second, byVolume: true);
        while (byCount.Count > 0)
        {
            byVolume.Push(byCount.Pop());
        }

        Split(ref byVolume, counts, colorCount - byVolume.Count);

        PaletteBuilder palette = default;
        for (int place = 0; place < byVolume.Count && palette.Count < colorCount; place++)
        {
            ColorBox box = byVolume.Peek(place);
            if (box.Count > 0)
            {
                palette.Add(BoxCutter.Average(counts, box));
            }
        }

        if (colorCount != Pinned)
        {
            FurtherCuts.Append(ref palette, colorCount, ref byVolume, counts);
        }

        return palette;
    }

    private static void Split(ref BoxQueue queue, ReadOnlySpan<int> counts, double target)
    {
        // The reference counts from one in both phases, so the second makes one cut less than its target says.
        int boxes = 1;
        for (int cuts = 0; cuts < MaxCuts; cuts++)
        {
            ColorBox box = queue.Pop();
            bool two = BoxCutter.Cut(counts, box, out ColorBox first, out ColorBox second);
            queue.Push(first);
            if (two)
            {
                queue.Push(second);
                boxes++;
            }

            if (boxes >= target)
            {
                return;
            }
        }
    }

    private Palette Fill(PaletteBuilder palette)
    {
        int own = palette.Count; // 0 of a histogram without pixels
        for (int i = 0; own > 0 && palette.Count < colorCount; i++)
        {
            palette.Add(palette[i % own]);
        }

        return palette.ToPalette();
    }
}
