using CsCheck;
using PaletteEtl.Palettes;

namespace Etl.Tests.Support;

/// <summary>Histograms of given or random pixels.</summary>
internal static class Histograms
{
    public const uint White = 0xFFFFFFFF;

    /// <summary>Pixel counts by bin: a few bins, some, many, or many close to each other, with counts from one up.</summary>
    public static Gen<Dictionary<int, int>> AnyCounts { get; } = Gen.Frequency(
        (4, Counts(Gen.Int[0, ColorHistogram.Bins - 1], bins: 12)),
        (4, Counts(Gen.Int[0, ColorHistogram.Bins - 1], bins: 60)),
        (2, Counts(Gen.Int[0, ColorHistogram.Bins - 1], bins: 400)),
        (4, Counts(Gen.Select(Gen.Int[3, 7], Gen.Int[10, 12], Gen.Int[0, 4], Bin), bins: 60)),
        (2, Counts(Gen.Int[0, 31].Select(grey => Bin(grey, grey, grey)), bins: 30)));

    /// <summary>Pixels of all kinds: any colours, few of them, or many that are close to each other.</summary>
    public static Gen<uint[]> AnyPixels { get; } = Gen.OneOf(
        Gen.UInt.Array[1, 300],
        Gen.Int[0, 4].Select(i => new[] { White, 0u, 0x7CFFFFFFu, 0xFF0000FFu, 0xFF00FF00u }[i]).Array[1, 30],
        Gen.UInt[0, 0x3F3F3F].Select(pixel => 0xFF000000 | pixel).Array[1, 300]);

    /// <summary>The same such pixels in two orders.</summary>
    public static Gen<(uint[] Pixels, uint[] Shuffled)> AnyOrders { get; } = Gen.Select(AnyPixels, Gen.Int, static (pixels, seed) =>
    {
        uint[] shuffled = [.. pixels];
        new Random(seed).Shuffle(shuffled);
        return (pixels, shuffled);
    });

    public static uint Pixel(int red, int green, int blue, int alpha = 255) =>
        (uint)(red | (green << 8) | (blue << 16) | (alpha << 24));

    /// <summary>The histogram of every one of some pixels.</summary>
    public static ColorHistogram Of(params ReadOnlySpan<uint> pixels)
    {
        var histogram = new ColorHistogram();
        PixelSampler.Sample(pixels, first: 0, step: 1, histogram);
        return histogram;
    }

    /// <summary>The histogram of every one of some pixels, of sums.</summary>
    public static ColorHistogram SumsOf(params ReadOnlySpan<uint> pixels)
    {
        var histogram = new ColorHistogram(hasCounts: false, hasSums: true);
        PixelSampler.Sample(pixels, first: 0, step: 1, histogram);
        return histogram;
    }

    /// <summary>The histogram of every one of some pixels, of counts and of sums.</summary>
    public static ColorHistogram BothOf(params ReadOnlySpan<uint> pixels)
    {
        var histogram = new ColorHistogram(hasSums: true);
        PixelSampler.Sample(pixels, first: 0, step: 1, histogram);
        return histogram;
    }

    public static ColorHistogram Of(IReadOnlyDictionary<int, int> counts)
    {
        var histogram = new ColorHistogram();
        foreach ((int bin, int count) in counts)
        {
            histogram.Counters[bin] = count;
        }

        return histogram;
    }

    /// <summary>The counts as the reference's port takes them.</summary>
    public static Dictionary<(int R, int G, int B), long> ByChannel(ReadOnlySpan<int> counts)
    {
        var result = new Dictionary<(int R, int G, int B), long>();
        for (int bin = 0; bin < counts.Length; bin++)
        {
            if (counts[bin] > 0)
            {
                result[(bin >> 10, (bin >> 5) & 31, bin & 31)] = counts[bin];
            }
        }

        return result;
    }

    public static int Bin(int red, int green, int blue) => (red << 10) | (green << 5) | blue;

    private static Gen<Dictionary<int, int>> Counts(Gen<int> bin, int bins) =>
        Gen.Select(bin, Gen.OneOf(Gen.Int[1, 3], Gen.Int[1, 5_000])).Array[1, bins].Select(
            pairs => pairs.GroupBy(pair => pair.Item1).ToDictionary(same => same.Key, same => same.First().Item2));
}
