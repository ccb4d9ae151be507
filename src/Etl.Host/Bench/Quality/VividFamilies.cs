using PaletteEtl.Columns;
using PaletteEtl.Palettes;

namespace Etl.Host.Bench.Quality;

/// <summary>Finds the vivid hue families of a cover, and whether a palette has them.</summary>
/// <remarks>
/// A family has the pixels of a chroma of at least 0.1 within 20 degrees of one of 36 hues: the hue with the most pixels first, then that
/// with the most of the others, and so on. It has at least 0.5 % of the cover, and half of that in one patch of adjoining pixels.
/// </remarks>
internal static class VividFamilies
{
    private const int LongerSide = 160;
    private const int Reach = 20;
    private const double VividChroma = 0.1;
    private const double LeastShare = 0.005;
    private const double LeastPatchShare = LeastShare / 2;
    private const double ColoredChroma = 0.06;

    private const int Turn = 360;
    private const int BinDegrees = 10;
    private const int Bins = Turn / BinDegrees;
    private const int FamilyBins = 2 * Reach / BinDegrees;
    private const int None = -1;

    /// <summary>The mean hues of the families, in degrees.</summary>
    public static IReadOnlyList<double> HuesOf(FullSizeCover cover)
    {
        var picture = new SmallPicture(cover, LongerSide);
        int opaque = picture.Pixels.Count(static pixel => pixel is not null);
        int[] bins = [.. picture.Pixels.Select(static pixel => pixel is { Chroma: >= VividChroma } vivid ? (int)(vivid.Hue / BinDegrees) % Bins : None)];
        var hues = new List<double>();
        while (MostPopulous(bins) is (int first, int count) && count > 0 && count >= LeastShare * opaque)
        {
            bool[] family = [.. bins.Select(bin => bin != None && PlaceIn(first, bin) < FamilyBins)];
            if (Patches.Largest(family, picture.Width) >= LeastPatchShare * opaque)
            {
                int center = (first * BinDegrees) + Reach;
                hues.Add(center + picture.Pixels.Where((_, i) => family[i]).Average(pixel => Offset(pixel!.Value.Hue, center)));
            }

            bins = [.. bins.Select((bin, i) => family[i] ? None : bin)];
        }

        return hues;
    }

    /// <summary>Whether no colour of the palette is of one of the hues.</summary>
    public static bool AreLost(IReadOnlyList<double> hues, Palette palette)
    {
        Oklch[] colored = [.. palette.Select(Oklch.Of).Where(static color => color.Chroma >= ColoredChroma)];
        return hues.Any(hue => !colored.Any(color => Math.Abs(Offset(color.Hue, hue)) <= Reach));
    }

    /// <summary>The first bin of the family with the most pixels, of several the lowest.</summary>
    private static (int First, int Count) MostPopulous(int[] bins)
    {
        int[] counts = new int[Bins];
        foreach (int bin in bins)
        {
            if (bin != None)
            {
                counts[bin]++;
            }
        }

        return Enumerable.Range(0, Bins)
            .Select(first => (First: first, Count: counts.Where((_, bin) => PlaceIn(first, bin) < FamilyBins).Sum()))
            .MaxBy(static family => family.Count);
    }

    /// <summary>The place of a bin in the turn that begins with another.</summary>
    private static int PlaceIn(int first, int bin) => (bin - first + Bins) % Bins;

    /// <summary>How far a hue is from another, from -180 to 180.</summary>
    private static double Offset(double hue, double other) => Math.IEEERemainder(hue - other, Turn);
}
