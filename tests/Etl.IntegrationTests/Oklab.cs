using PaletteEtl.Palettes;

namespace Etl.IntegrationTests;

/// <summary>Distances of colours as they are seen: Björn Ottosson's Oklab.</summary>
internal static class Oklab
{
    /// <summary>How far the colour of one palette is at most that has the farthest to the nearest of the other.</summary>
    public static double Distance(Palette one, Palette other) =>
        Math.Max(Farthest(one.ToArray(), other.ToArray()), Farthest(other.ToArray(), one.ToArray()));

    private static double Farthest(Rgb[] from, Rgb[] to) =>
        from.Max(color => to.Min(other => Distance(Of(color), Of(other))));

    private static double Distance((double L, double A, double B) x, (double L, double A, double B) y) =>
        Math.Sqrt(Math.Pow(x.L - y.L, 2) + Math.Pow(x.A - y.A, 2) + Math.Pow(x.B - y.B, 2));

    private static (double L, double A, double B) Of(Rgb color)
    {
        double r = Linear(color.R), g = Linear(color.G), b = Linear(color.B);
        double l = Math.Cbrt((0.4122214708 * r) + (0.5363325363 * g) + (0.0514459929 * b));
        double m = Math.Cbrt((0.2119034982 * r) + (0.6806995451 * g) + (0.1073969566 * b));
        double s = Math.Cbrt((0.0883024619 * r) + (0.2817188376 * g) + (0.6299787005 * b));
        return (
            (0.2104542553 * l) + (0.7936177850 * m) - (0.0040720468 * s),
            (1.9779984951 * l) - (2.4285922050 * m) + (0.4505937099 * s),
            (0.0259040371 * l) + (0.7827717662 * m) - (0.8086757660 * s));
    }

    private static double Linear(byte value)
    {
        double share = value / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }
}
