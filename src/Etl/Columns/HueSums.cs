using System.Runtime.Intrinsics;
using PaletteEtl.Palettes;

namespace PaletteEtl.Columns;

/// <summary>Sums of pixels by hue, for the mean colour of a range of hues.</summary>
/// <param name="sums">Room for <see cref="Room"/> vectors of zeros.</param>
internal readonly ref struct HueSums(Span<Vector256<double>> sums)
{
    /// <summary>Two vectors a sector: weighted red, green, blue and the weight; the pixels and their chroma.</summary>
    public const int Room = 2 * BinColors.Sectors;

    private const int WeightLane = 3;
    private const int PixelsLane = 0, ChromaLane = 1;

    private readonly Span<Vector256<double>> _sums = sums;

    /// <summary>Adds the pixels of a bin.</summary>
    /// <param name="bin">The bin.</param>
    /// <param name="sector">The sector of its hue.</param>
    /// <param name="chroma">Its chroma.</param>
    /// <param name="pixels">Its pixels.</param>
    /// <param name="weight">The weight of each in the mean colour.</param>
    public void Add(int bin, int sector, float chroma, long pixels, double weight)
    {
        Rgb color = ColorBins.ColorOf(bin);
        _sums[2 * sector] += Vector256.Create(color.R, color.G, color.B, 1.0) * (pixels * weight);
        _sums[(2 * sector) + 1] += Vector256.Create(1.0, chroma, 0, 0) * pixels;
    }

    /// <summary>The range of hues with the highest score; null when there is no pixel.</summary>
    /// <param name="reach">Sectors of the range on each side of its middle.</param>
    /// <param name="score">The score of a range, from its pixels and their mean chroma.</param>
    public HueRange? Best(int reach, Func<double, double, double> score)
    {
        (HueRange? best, double highest) = (null, double.MinValue);
        for (int middle = 0; middle < BinColors.Sectors; middle++)
        {
            if (_sums[(2 * middle) + 1][PixelsLane] > 0 && RangeOf(middle, reach) is var range
                && score(range.Pixels, range.Chroma) is var scored && scored > highest)
            {
                (best, highest) = (range, scored);
            }
        }

        return best;
    }

    private HueRange RangeOf(int middle, int reach)
    {
        Vector256<double> color = default, counts = default;
        for (int i = middle - reach; i <= middle + reach; i++)
        {
            int sector = (i + BinColors.Sectors) % BinColors.Sectors;
            color += _sums[2 * sector];
            counts += _sums[(2 * sector) + 1];
        }

        Vector256<double> mean = color / color[WeightLane];
        return new HueRange(counts[PixelsLane], counts[ChromaLane] / counts[PixelsLane], new Rgb(Round(mean[0]), Round(mean[1]), Round(mean[2])));
    }

    private static byte Round(double channel) => (byte)Math.Clamp(Math.Round(channel), 0, byte.MaxValue);
}
