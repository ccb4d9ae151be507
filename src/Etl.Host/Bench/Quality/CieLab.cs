using PaletteEtl.Palettes;

namespace Etl.Host.Bench.Quality;

/// <summary>A colour in CIELAB with the white point D65.</summary>
internal readonly record struct CieLab(double L, double A, double B)
{
    private static readonly double[] Linear = [.. Enumerable.Range(0, 256).Select(static value => (double)Oklab.Linear(value / 255.0))];

    public double Chroma => Math.Sqrt((A * A) + (B * B));

    /// <summary>A colour of sRGB.</summary>
    public static CieLab Of(Rgb color)
    {
        (double red, double green, double blue) = (Linear[color.R], Linear[color.G], Linear[color.B]);
        double x = Response(((0.4124564 * red) + (0.3575761 * green) + (0.1804375 * blue)) / 0.95047);
        double y = Response((0.2126729 * red) + (0.7151522 * green) + (0.0721750 * blue));
        double z = Response(((0.0193339 * red) + (0.1191920 * green) + (0.9503041 * blue)) / 1.08883);
        return new CieLab((116 * y) - 16, 500 * (x - y), 200 * (y - z));
    }

    private static double Response(double value) =>
        value > 216.0 / 24389 ? Math.Cbrt(value) : ((24389.0 / 27 * value) + 16) / 116;
}
