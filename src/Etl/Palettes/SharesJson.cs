using System.Runtime.CompilerServices;

namespace PaletteEtl.Palettes;

/// <summary>Reads the shares of a palette's colours as JSON has them: <c>[0.4122, 0.207]</c>.</summary>
/// <remarks>Hand-written for the same reason as <see cref="PaletteJson"/>. Numbers with an exponent are not read.</remarks>
internal static class SharesJson
{
    /// <summary>Digits of <see cref="Palette.Whole"/>.</summary>
    private const int Decimals = 4;

    /// <summary>The palette with the shares of its colours; without any if there are not as many, or they are no shares.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Palette Add(in Palette palette, ReadOnlySpan<byte> json)
    {
        Span<ushort> shares = stackalloc ushort[Palette.MaxColors];
        int at = PaletteJson.After((byte)'[', json, 0);
        for (int i = 0; i < palette.Count; i++)
        {
            at = ReadShare(json, i == 0 ? at : PaletteJson.After((byte)',', json, at), out shares[i]);
        }

        at = PaletteJson.AfterBlanks(json, PaletteJson.After((byte)']', json, at));
        return at == json.Length ? palette.WithShares(shares[..palette.Count]) : palette;
    }

    /// <summary>Reads a number from 0 to 1, and returns the place after it.</summary>
    private static int ReadShare(ReadOnlySpan<byte> json, int at, out ushort share)
    {
        int start = PaletteJson.AfterBlanks(json, at), digits = 0, value = 0;
        share = 0;
        at = start;
        while ((uint)at < (uint)json.Length && IsPartOfNumber(json[at], isFirst: at == start, hasPoint: at > start + 1))
        {
            if (at != start + 1 && digits <= Decimals)
            {
                value = (value * 10) + json[at] - '0';
                digits++;
            }

            at++;
        }

        for (; digits is > 0 and <= Decimals; digits++)
        {
            value *= 10;
        }

        share = (ushort)value;
        return digits > 0 && value <= Palette.Whole && at != start + 2 ? at : PaletteJson.Failed;
    }

    /// <summary>One digit, then a point, then digits.</summary>
    private static bool IsPartOfNumber(byte character, bool isFirst, bool hasPoint) =>
        isFirst || hasPoint ? (uint)(character - '0') <= 9 : character == '.';
}
