using System.Globalization;
using System.Text.RegularExpressions;
using PaletteEtl.Palettes;

namespace PaletteEtl.Columns;

/// <summary>Writes colours in a notation.</summary>
internal static partial class ColorText
{
    public static string Write(Rgb color, ColorFormat format) => format switch
    {
        ColorFormat.Rgb => string.Create(CultureInfo.InvariantCulture, $"rgb({color.R} {color.G} {color.B})"),
        ColorFormat.Oklch => WriteOklch(Oklch.Of(color)),
        ColorFormat.Json => string.Create(CultureInfo.InvariantCulture, $"[{color.R}, {color.G}, {color.B}]"),
        _ => color.ToHex(),
    };

    /// <summary>Whether a text is a colour in any of the notations.</summary>
    public static bool IsColor(object stored) => stored is string text && AnyColor().IsMatch(text);

    /// <summary>Enough digits for every colour of 8 bits a channel. Grey has no hue.</summary>
    private static string WriteOklch(Oklch color) => color.Chroma < 0.00005
        ? string.Create(CultureInfo.InvariantCulture, $"oklch({100 * color.Lightness:0.##}% 0 none)")
        : string.Create(CultureInfo.InvariantCulture, $"oklch({100 * color.Lightness:0.##}% {color.Chroma:0.####} {color.Hue:0.##})");

    [GeneratedRegex(@"^(#[0-9a-f]{6}|rgb\([0-9 ]+\)|oklch\([0-9.% ]+( none)?\)|\[[0-9]+, [0-9]+, [0-9]+\])\z", RegexOptions.CultureInvariant)]
    private static partial Regex AnyColor();
}
