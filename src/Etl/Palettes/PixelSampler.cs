using System.Runtime.CompilerServices;

namespace PaletteEtl.Palettes;

/// <summary>Counts every n-th pixel of an image into a histogram, row after row.</summary>
internal static class PixelSampler
{
    public const int OpaqueFrom = 125;
    private const int WhiteFrom = 251;
    private const int Shift = 8 - ColorHistogram.Bits;

    /// <summary>Counts the pixels <c>first</c>, <c>first + step</c>, ... of a run of pixels.</summary>
    /// <param name="pixels">Red, green, blue, alpha from the low byte up; alpha not multiplied in.</param>
    /// <param name="first">The first pixel to count; may lie behind the run.</param>
    /// <param name="step">The distance of counted pixels, from 1.</param>
    /// <param name="histogram">Where they are counted.</param>
    /// <returns>The first pixel to count of the run that follows.</returns>
    public static int Sample(ReadOnlySpan<uint> pixels, int first, int step, ColorHistogram histogram)
    {
        int next = histogram.Sums is null ? first : Sum(pixels, first, step, histogram);
        return histogram.HasCounts ? Count(pixels, first, step, histogram) : next;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // from the first call, as it has long loops and few calls
    public static int Count(ReadOnlySpan<uint> pixels, int first, int step, ColorHistogram histogram)
    {
        Span<int> counts = histogram.Counters;
        int white = 0;
        int at = first;
        for (; at < pixels.Length; at += step)
        {
            uint pixel = pixels[at];
            uint red = pixel & 0xFF, green = (pixel >> 8) & 0xFF, blue = (pixel >> 16) & 0xFF;
            uint bin = Bin(red, green, blue);
            if (pixel >> 24 < OpaqueFrom)
            {
                histogram.TransparentCounters[(int)bin]++;
            }
            else if (red >= WhiteFrom && green >= WhiteFrom && blue >= WhiteFrom)
            {
                white++;
            }
            else
            {
                counts[(int)bin]++;
            }
        }

        histogram.White += white;
        return at - pixels.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Sum(ReadOnlySpan<uint> pixels, int first, int step, ColorHistogram histogram)
    {
        BinSums opaque = histogram.Sums!;
        int at = first;
        for (; at < pixels.Length; at += step)
        {
            uint pixel = pixels[at];
            uint bin = Bin(pixel & 0xFF, (pixel >> 8) & 0xFF, (pixel >> 16) & 0xFF);
            (pixel >> 24 < OpaqueFrom ? histogram.TransparentSummed : opaque).Add(pixel, bin);
        }

        return at - pixels.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Bin(uint red, uint green, uint blue) =>
        (red >> Shift << (2 * ColorHistogram.Bits)) | (green >> Shift << ColorHistogram.Bits) | (blue >> Shift);
}
