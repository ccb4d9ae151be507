using PaletteEtl.Palettes;

namespace Etl.Tests.Palettes;

/// <summary>The distance of palettes as it is defined, found by trying every way to pair units of weight.</summary>
internal static class ReferenceDistance
{
    /// <summary>The distance of two lists of as many colours, each of which has the same weight. A heavier colour is there more than once.</summary>
    public static double Of(Rgb[] one, Rgb[] other) =>
        Permutations(other).Min(pairs => one.Zip(pairs, static (x, y) => Of(x, y)).Average());

    /// <summary>The distance of colours: that of Björn Ottosson's OKLab in double precision with a and b counted twice, times 100.</summary>
    public static double Of(Rgb one, Rgb other)
    {
        ((double L, double A, double B) x, (double L, double A, double B) y) = (Oklab(one), Oklab(other));
        return 100 * Math.Sqrt(Math.Pow(x.L - y.L, 2) + Math.Pow(2 * (x.A - y.A), 2) + Math.Pow(2 * (x.B - y.B), 2));
    }

    private static IEnumerable<Rgb[]> Permutations(Rgb[] items) => items.Length <= 1
        ? [items]
        : items.SelectMany((item, i) => Permutations([.. items[..i], .. items[(i + 1)..]]).Select(rest => (Rgb[])[item, .. rest]));

    private static (double L, double A, double B) Oklab(Rgb color)
    {
        (double r, double g, double b) = (Linear(color.R), Linear(color.G), Linear(color.B));
        double l = Math.Cbrt((0.4122214708 * r) + (0.5363325363 * g) + (0.0514459929 * b));
        double m = Math.Cbrt((0.2119034982 * r) + (0.6806995451 * g) + (0.1073969566 * b));
        double s = Math.Cbrt((0.0883024619 * r) + (0.2817188376 * g) + (0.6299787005 * b));
        return (
            (0.2104542553 * l) + (0.7936177850 * m) - (0.0040720468 * s),
            (1.9779984951 * l) - (2.4285922050 * m) + (0.4505937099 * s),
            (0.0259040371 * l) + (0.7827717662 * m) - (0.8086757660 * s));
    }

    private static double Linear(byte value) =>
        value / 255.0 is var share && share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
}
