using System.Runtime.CompilerServices;
namespace PaletteEtl.Palettes;

/// <summary>Reads palettes as JSON has them, from <see cref="Palette.ToJson"/> or any other program: <c>[[124, 198, 203]]</c>.</summary>
/// <remarks>By hand, for a search reads millions. A place past the end stands for text that is no palette, and stays there.</remarks>
internal static class PaletteJson
{
    private const int Failed = int.MaxValue;

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

    /// <summary>Reads a number and returns the place after it, without a branch on its length, which no processor foresees.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ReadChannel(ReadOnlySpan<byte> json, int at, out byte channel)
    {
        at = AfterBlanks(json, at);
        if (at >= json.Length - 2) // of a palette two brackets at least are left
        {
            channel = 0;
            return Failed;
        }

        int first = json[at] - '0', second = json[at + 1] - '0', third = json[at + 2] - '0';
        int hasTwo = (uint)second <= 9 ? 1 : 0;
        int hasThree = hasTwo & ((uint)third <= 9 ? 1 : 0);
        int value = first + (hasTwo * ((first * 9) + second));
        value += hasThree * ((value * 9) + third);
        channel = (byte)value;
        bool hasLeadingZero = first == 0 && hasTwo == 1; // which JSON does not have
        return (uint)first <= 9 && value <= byte.MaxValue && !hasLeadingZero ? at + 1 + hasTwo + hasThree : Failed;
    }

    /// <summary>The place after a character, blanks before it aside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int After(byte character, ReadOnlySpan<byte> json, int at)
    {
        at = AfterBlanks(json, at);
        return (uint)at < (uint)json.Length && json[at] == character ? at + 1 : Failed;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int AfterBlanks(ReadOnlySpan<byte> json, int at)
    {
        while ((uint)at < (uint)json.Length && json[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }

        return at;
    }
}
