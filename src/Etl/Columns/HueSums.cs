using PaletteEtl.Palettes;

namespace PaletteEtl.Columns;

/// <summary>Sums of pixels by hue, for the mean colour of a range of hues.</summary>
internal sealed class HueSums
{
    private readonly double[] _pixels = new double[BinColors.Sectors];
    private readonly double[] _weights = new double[BinColors.Sectors];
    private readonly double[] _chroma = new double[BinColors.Sectors];
    private readonly double[] _channels = new double[3 * BinColors.Sectors];

    /// <summary>Adds the pixels of a bin.</summary>
    /// <param name="bin">The bin.</param>
    /// <param name="pixels">Its pixels.</param>
    /// <param name="weight">The weight of each in the mean colour.</param>
    public void Add(int bin, long pixels, double weight)
    {
        int sector = BinColors.Sector[bin];
        Rgb color = ColorBins.ColorOf(bin);
        double all = pixels * weight;
        _pixels[sector] += pixels;
        _weights[sector] += all;
        _chroma[sector] += pixels * BinColors.Chroma[bin];
        _channels[3 * sector] += color.R * all;
        _channels[(3 * sector) + 1] += color.G * all;
        _channels[(3 * sector) + 2] += color.B * all;
    }

    /// <summary>The range of hues with the highest score; null when there is no pixel.</summary>
    /// <param name="reach">Sectors of the range on each side of its middle.</param>
    /// <param name="score">The score of a range, from its pixels and their mean chroma.</param>
    public HueRange? Best(int reach, Func<double, double, double> score)
    {
        (HueRange? best, double highest) = (null, double.MinValue);
        for (int middle = 0; middle < BinColors.Sectors; middle++)
        {
            if (_pixels[middle] > 0 && RangeOf(middle, reach) is var range && score(range.Pixels, range.Chroma) is var scored && scored > highest)
            {
                (best, highest) = (range, scored);
            }
        }

        return best;
    }

    private HueRange RangeOf(int middle, int reach)
    {
        (double pixels, double weights, double chroma, double red, double green, double blue) = (0, 0, 0, 0, 0, 0);
        for (int i = middle - reach; i <= middle + reach; i++)
        {
            int sector = (i + BinColors.Sectors) % BinColors.Sectors;
            pixels += _pixels[sector];
            weights += _weights[sector];
            chroma += _chroma[sector];
            red += _channels[3 * sector];
            green += _channels[(3 * sector) + 1];
            blue += _channels[(3 * sector) + 2];
        }

        return new HueRange(pixels, chroma / pixels, new Rgb(Mean(red), Mean(green), Mean(blue)));

        byte Mean(double sum) => (byte)Math.Clamp(Math.Round(sum / weights), 0, byte.MaxValue);
    }
}
