using System.Runtime.CompilerServices;

namespace PaletteEtl.Palettes;

/// <summary>Reads palettes as JSON has them, from <see cref="Palette.ToJson"/> or any other program: <c>[[124, 198, 203]]</c>.</summary>
/// <remarks>Hand-written, because a search reads millions of palettes, and takes twice as long with the reader of System.Text.Json. A place
/// past the end stands for text that is no palette, and stays there.</remarks>
internal static class PaletteJson
{
    /// <summary>The place past the end.</summary>
    public const int Failed = int.MaxValue;

    /// <summary>Reads 1 to <see cref="Palette.MaxColors"/> colours of whole numbers from 0 to 255; whether that is what it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryRead(ReadOnlySpan<byte> json, out Palette palette)
    {
        palette = default;
        var builder = new PaletteBuilder();
        int at = After((byte)'[', json, 0);
        while (true)
        {
            at = ReadChannel(json, After((byte)'[', json, at), out byte red);
            at = ReadChannel(json, After((byte)',', json, at), out byte green);
            at = ReadChannel(json, After((byte)',', json, at), out byte blue);
            at = After((byte)']', json, at);
            if (at == Failed || builder.Count == Palette.MaxColors)
            {
                return false;
            }

            builder.Add(new Rgb(red, green, blue));
            int comma = After((byte)',', json, at);
            if (comma == Failed)
            {
                palette = builder.ToPalette();
                return AfterBlanks(json, After((byte)']', json, at)) == json.Length;
            }

            at = comma;
        }
    }

    /// <summary>Reads a number without a sign, a fraction, an exponent or leading zeros, and returns the place after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ReadChannel(ReadOnlySpan<byte> json, int at, out byte channel)
    {
        int start = AfterBlanks(json, at), end = start, value = 0;
        while ((uint)end < (uint)json.Length && (uint)(json[end] - '0') <= 9 && value <= byte.MaxValue)
        {
            value = (value * 10) + json[end++] - '0';
        }

        channel = (byte)value;
        bool isNumber = end - start == 1 || (end - start > 1 && json[start] != '0');
        return isNumber && value <= byte.MaxValue ? end : Failed;
    }

    /// <summary>The place after a character, blanks before it aside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int After(byte character, ReadOnlySpan<byte> json, int at)
    {
        at = AfterBlanks(json, at);
        return (uint)at < (uint)json.Length && json[at] == character ? at + 1 : Failed;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int AfterBlanks(ReadOnlySpan<byte> json, int at)
    {
        while ((uint)at < (uint)json.Length && json[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }

        return at;
    }
}
