using System.Runtime.CompilerServices;

namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>The differences of DC coefficients that the next bits begin with: code and value in one look, where both are short.</summary>
internal sealed class DcDifferences
{
    /// <summary>The largest size there is: the symbol of a code, and the bits of the value behind it.</summary>
    public const int MaxSize = 11;

    private const int Window = 11;
    private const int BitsField = 8;
    private const int MaxShortSize = 7;

    private readonly short[] _entries = new short[1 << Window];
    private HuffmanTable? _table;

    /// <summary>The entry for the next bits; 0 where they take more than a look. Its low byte is the bits to skip.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(ulong bits) => _entries[(int)(bits >> (64 - Window))];

    /// <summary>The difference an entry stands for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Difference(int entry) => entry >> BitsField;

    /// <summary>Reads a difference in any case; false when there is no such code.</summary>
    public bool TryRead(ref BitReader bits, out int difference)
    {
        int found = _table!.Find(bits.Bits);
        int size = HuffmanTable.Symbol(found);
        bits.Skip(HuffmanTable.Length(found));
        difference = Value((int)(bits.Bits >> 1 >> (63 - size)), size);
        bits.Skip(size);
        return found != 0;
    }

    /// <summary>Makes the entries from a table.</summary>
    public void Set(HuffmanTable table)
    {
        _table = table;
        Span<short> free = _entries;
        int symbol = 0;
        for (int length = 1; length <= Window; length++)
        {
            for (int i = 0; i < table.Counts[length - 1]; i++)
            {
                Span<short> places = free[..(1 << (Window - length))];
                SetCode(places, table.Symbols[symbol++], length);
                free = free[places.Length..];
            }
        }

        free.Clear();
    }

    private static void SetCode(Span<short> places, int size, int length)
    {
        if (length + size > Window || size > MaxShortSize)
        {
            places.Clear();
            return;
        }

        int left = Window - length - size;
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = (short)((Value(i >> left, size) << BitsField) | (length + size));
        }
    }

    /// <summary>The value of so many bits: negative when the highest bit is not set (ITU T.81, F.2.2.1).</summary>
    public static int Value(int bits, int size) => size > 0 && bits >> (size - 1) == 0 ? bits - (1 << size) + 1 : bits;
}
