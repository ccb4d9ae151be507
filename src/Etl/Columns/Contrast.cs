using PaletteEtl.Palettes;

namespace PaletteEtl.Columns;

/// <summary>The contrast of text, by WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.</summary>
internal static class Contrast
{
    /// <summary>The luminance on which black and white have the same contrast, 4.58.</summary>
    private static readonly double Even = Math.Sqrt(1.05 * 0.05) - 0.05;

    private static readonly double[] Linear = [.. Enumerable.Range(0, 256).Select(static value => (double)Oklab.Linear(value / 255.0))];

    public static Rgb Black { get; }

    public static Rgb White { get; } = new(255, 255, 255);

    /// <summary>The relative luminance of a colour, 0 to 1.</summary>
    public static double Luminance(Rgb color) => (0.2126 * Linear[color.R]) + (0.7152 * Linear[color.G]) + (0.0722 * Linear[color.B]);

    /// <summary>The ratio of two colours, 1 to 21.</summary>
    public static double Ratio(Rgb one, Rgb other)
    {
        double first = Luminance(one), second = Luminance(other);
        return (Math.Max(first, second) + 0.05) / (Math.Min(first, second) + 0.05);
    }

    /// <summary>The colour of text on a colour: black or white, whichever has more contrast, which is 4.58 or more.</summary>
    public static Rgb TextOn(Rgb color) => IsDark(Luminance(color)) ? White : Black;

    /// <summary>Whether white text has more contrast than black on a luminance.</summary>
    public static bool IsDark(double luminance) => luminance < Even;
}
