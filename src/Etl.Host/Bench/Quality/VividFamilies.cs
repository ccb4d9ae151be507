using PaletteEtl.Columns;
using PaletteEtl.Palettes;

namespace Etl.Host.Bench.Quality;

/// <summary>Finds the vivid hue families of a cover, and whether a palette has them.</summary>
/// <remarks>
/// A family has the pixels of a chroma of at least 0.1 within 20 degrees of a hue: that with the most pixels first, then that with the
/// most of the others, and so on. Its largest patch of adjoining pixels has at least 0.5 % of the cover. Its hue is the mean of the patch.
/// </remarks>
internal static class VividFamilies
{
    private const int LongerSide = 300;
    private const int Turn = 360;
    private const int Reach = 20;
    private const double VividChroma = 0.1;
    private const double LeastShare = 0.005;
    private const double ColoredChroma = 0.06;
    private const int None = -1;

    /// <summary>The hues of the families, in degrees.</summary>
    public static IReadOnlyList<double> HuesOf(FullSizeCover cover)
    {
        var picture = new SmallPicture(cover, LongerSide);
        double least = Math.Max(1, LeastShare * picture.Pixels.Count(static pixel => pixel is not null));
        int[] degrees = [.. picture.Pixels.Select(static pixel => pixel is { Chroma: >= VividChroma } vivid ? (int)vivid.Hue % Turn : None)];
        var hues = new List<double>();
        while (true)
        {
            (int center, int count) = MostPopulous(degrees);
            if (count < least)
            {
                return hues;
            }

            bool[] family = [.. degrees.Select(degree => degree != None && Math.Abs(Offset(degree, center)) <= Reach)];
            IReadOnlyList<int> patch = Patches.Largest(family, picture.Width);
            if (patch.Count >= least)
            {
                hues.Add(center + patch.Average(i => Offset(picture.Pixels[i]!.Value.Hue, center)));
            }

            Array.ForEach([.. family.Index().Where(static pixel => pixel.Item)], pixel => degrees[pixel.Index] = None);
        }
    }

    /// <summary>Whether no colour of the palette is of one of the hues.</summary>
    public static bool AreLost(IReadOnlyList<double> hues, Palette palette)
    {
        Oklch[] colored = [.. palette.Select(Oklch.Of).Where(static color => color.Chroma >= ColoredChroma)];
        return hues.Any(hue => !colored.Any(color => Math.Abs(Offset(color.Hue, hue)) <= Reach));
    }

    /// <summary>The hue with the most pixels within its reach, of several the lowest.</summary>
    private static (int Center, int Count) MostPopulous(int[] degrees)
    {
        int[] histogram = new int[Turn];
        foreach (int degree in degrees)
        {
            if (degree != None)
            {
                histogram[degree]++;
            }
        }

        return Enumerable.Range(0, Turn)
            .Select(center => (Center: center, Count: Enumerable.Range(Turn + center - Reach, (2 * Reach) + 1).Sum(hue => histogram[hue % Turn])))
            .MaxBy(static window => window.Count);
    }

    /// <summary>How far a hue is from another, from -180 to 180.</summary>
    private static double Offset(double hue, double other) => Math.IEEERemainder(hue - other, Turn);
}
