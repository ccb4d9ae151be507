using PaletteEtl.Palettes;

namespace Etl.Host.Bench;

/// <summary>The mean distance of a cover's pixels to the nearest colour of a palette: OKLab distance times 100.</summary>
internal static class PaletteError
{
    public static double Of(PixelSample sample, Palette palette)
    {
        OklabColor[] colors = [.. palette.Select(OklabColor.Of)];
        double sum = 0;
        foreach ((Rgb color, int count) in sample.Counts)
        {
            var pixel = OklabColor.Of(color);
            double nearest = double.PositiveInfinity;
            foreach (OklabColor other in colors)
            {
                nearest = Math.Min(nearest, pixel.DistanceTo(other));
            }

            sum += count * nearest;
        }

        return sum / Math.Max(1, sample.Pixels);
    }
}
