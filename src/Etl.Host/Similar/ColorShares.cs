using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using PaletteEtl.Palettes;

namespace Etl.Host.Similar;

/// <summary>Reads colours with their shares: <c>#c02030:60%,#101010</c>. Colours without a share divide what is left equally.</summary>
internal static class ColorShares
{
    private const double Whole = 100;

    /// <summary>The least share that a palette keeps.</summary>
    private const double Least = 0.01;

    /// <summary>Shares that are rounded, such as three of 33 %, may leave this much.</summary>
    private const double Rounding = 1;

    /// <summary>Reads a palette; false with the problem in one line when the text is none.</summary>
    public static bool TryParse(string text, out Palette palette, [NotNullWhen(false)] out string? problem)
    {
        palette = default;
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length > Palette.MaxColors)
        {
            problem = $"there are {parts.Length} colours. Name {Palette.MaxColors} at most.";
            return false;
        }

        var colors = new Rgb[parts.Length];
        double?[] shares = new double?[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (ReadPart(parts[i], out colors[i], out shares[i]) is { } refused)
            {
                problem = refused;
                return false;
            }
        }

        problem = Divide(shares);
        if (problem is not null)
        {
            return false;
        }

        palette = new Palette(colors, [.. shares.Select(static share => share!.Value / Whole)]);
        return true;
    }

    /// <summary>Reads a colour and its share, if it has one. Returns the problem.</summary>
    private static string? ReadPart(string part, out Rgb color, out double? share)
    {
        share = null;
        string[] sides = part.Split(':', 2, StringSplitOptions.TrimEntries);
        if (!TryReadColor(sides[0], out color))
        {
            return $"'{sides[0]}' is not a colour. Write colours as #c02030.";
        }

        if (sides.Length == 1)
        {
            return null;
        }

        share = sides[1].EndsWith('%')
            && double.TryParse(sides[1][..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            && number is >= Least and <= Whole
            ? number
            : null;
        return share is null ? $"'{sides[1]}' is not a share. Write shares from {Invariant(Least)}% to 100%, as in #c02030:60%." : null;
    }

    /// <summary>Gives colours without a share what the others leave. Returns the problem.</summary>
    private static string? Divide(double?[] shares)
    {
        double sum = shares.Sum() ?? 0, left = Whole - sum;
        int open = shares.Count(static share => share is null);
        if (left < -0.000_001)
        {
            return $"the shares add up to {Invariant(sum)}%. Lower them to 100% in all.";
        }

        if (open == 0)
        {
            return left > Rounding ? $"the shares add up to {Invariant(sum)}%. Raise them to 100% in all, or leave one out." : null;
        }

        if (left / open < Least)
        {
            return "the shares leave nothing for colours without one. Lower them.";
        }

        for (int i = 0; i < shares.Length; i++)
        {
            shares[i] ??= left / open;
        }

        return null;
    }

    /// <summary>Reads <c>#c02030</c>, or <c>#c23</c> for <c>#cc2233</c>.</summary>
    private static bool TryReadColor(string text, out Rgb color)
    {
        string digits = text.Length == 4 ? $"{text[1]}{text[1]}{text[2]}{text[2]}{text[3]}{text[3]}" : text.Length == 7 ? text[1..] : "";
        bool isColor = uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value) && text[0] == '#';
        color = new Rgb((byte)(value >> 16), (byte)(value >> 8), (byte)value);
        return isColor;
    }

    private static string Invariant(double number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}
