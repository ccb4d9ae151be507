using System.Runtime.Intrinsics;
using PaletteEtl.Palettes;

namespace Etl.Contracts.Palettes;

/// <summary>A palette of one colour: the mean of the opaque pixels, or of the transparent ones where there are no others.</summary>
public sealed class MeanColorQuantizer : IQuantizer
{
    private const int LowBits = 8 - ColorHistogram.Bits;
    private const int ChannelMask = ColorHistogram.Side - 1;

    public Needs Needs => new(Counts: false, Sums: true, MayBeScaled: true);

    public bool HasPopulation => true;

    public Palette Quantize(ColorHistogram histogram)
    {
        BinSums opaque = histogram.Sums ?? throw new ArgumentException("The histogram has no sums.", nameof(histogram));
        BinSums seen = opaque.Count > 0 ? opaque : histogram.TransparentSums ?? opaque;
        (long red, long green, long blue, long count) = (0, 0, 0, 0);
        for (int i = 0; i < seen.Count; i++)
        {
            int bin = seen.Bins[i];
            Vector128<uint> sums = seen.Sums[i];
            long pixels = sums[BinSums.CountLane];
            red += sums[0] + (pixels * (bin >> (2 * ColorHistogram.Bits) << LowBits));
            green += sums[1] + (pixels * ((bin >> ColorHistogram.Bits & ChannelMask) << LowBits));
            blue += sums[2] + (pixels * ((bin & ChannelMask) << LowBits));
            count += pixels;
        }

        return count == 0 ? default : new Palette([new Rgb(Mean(red), Mean(green), Mean(blue))], [1.0]);

        byte Mean(long sum) => (byte)((sum + (count / 2)) / count);
    }
}
