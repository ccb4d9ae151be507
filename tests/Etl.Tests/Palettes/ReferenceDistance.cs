using PaletteEtl.Palettes;

namespace Etl.Tests.Palettes;

/// <summary>The distance of palettes as it is defined, found by trying every way to pair the colours.</summary>
internal static class ReferenceDistance
{
    public static double Of(Palette one, Palette other)
    {
        (Rgb[] few, Rgb[] many) = one.Count <= other.Count ? (one.ToArray(), other.ToArray()) : (other.ToArray(), one.ToArray());
        return 100 * Permutations([.. Enumerable.Range(0, many.Length)]).Min(order => Cost(few, many, order));
    }

    /// <summary>Björn Ottosson's OKLab, in double precision.</summary>
    public static double Of(Rgb one, Rgb other)
    {
        ((double L, double A, double B) x, (double L, double A, double B) y) = (Oklab(one), Oklab(other));
        return Math.Sqrt(Math.Pow(x.L - y.L, 2) + Math.Pow(x.A - y.A, 2) + Math.Pow(x.B - y.B, 2));
    }

    private static double Cost(Rgb[] few, Rgb[] many, int[] order)
    {
        double sum = 0;
        for (int i = 0; i < many.Length; i++)
        {
            Rgb color = many[order[i]];
            double weight = Weight(order[i], many.Length) / 2;
            sum += i < few.Length
                ? (weight + (Weight(i, few.Length) / 2)) * Of(few[i], color)
                : weight * Math.Max(0.02, few.Min(other => Of(other, color)));
        }

        return sum;
    }

    private static double Weight(int place, int count) => 1.0 / (place + 1) / Enumerable.Range(1, count).Sum(i => 1.0 / i);

    private static IEnumerable<int[]> Permutations(int[] items) => items.Length <= 1
        ? [items]
        : items.SelectMany((item, i) => Permutations([.. items[..i], .. items[(i + 1)..]]).Select(rest => (int[])[item, .. rest]));

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
