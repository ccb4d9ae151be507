using System.Runtime.CompilerServices;

namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>The AC coefficients that the next bits begin with: code and value in one look, where both are short.</summary>
internal sealed class AcValues
{
    private const int Window = 11;
    private const int RunField = 8;
    private const int ValueField = 16;
    private const int EndOfBlock = 0x00;
    private const int ZeroRun = 0xF0;
    private const int MaxSize = 10;

    private readonly int[] _entries = new int[1 << Window];
    private HuffmanTable? _table;

    /// <summary>Reads the first coefficients of a block.</summary>
    /// <param name="bits">Where the block's first AC code begins.</param>
    /// <param name="last">The last coefficient that is kept.</param>
    /// <param name="coefficients">The block's coefficients, each a plane behind the one before.</param>
    /// <param name="plane">The length of a plane.</param>
    /// <returns>The next coefficient; <see cref="AcSkips.BlockCoefficients"/> at the end of the block, and more when there is no such code.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Read(ref BitReader bits, int last, Span<short> coefficients, int plane)
    {
        int at = 1;
        while (at <= last)
        {
            bits.Fill();
            int entry = _entries[(int)(bits.Bits >> (64 - Window))];
            if (entry == 0)
            {
                BitReader slow = bits; // the other stays in registers
                at = ReadLong(ref slow, at, last, coefficients, plane);
                bits = slow;
                continue;
            }

            bits.Skip(entry);
            int run = (entry >> RunField) & byte.MaxValue;
            at += run;
            if (at <= last)
            {
                coefficients[at * plane] = (short)(entry >> ValueField);
            }

            at = run == AcSkips.BlockCoefficients ? AcSkips.BlockCoefficients : at + 1;
        }

        return at;
    }

    /// <summary>Makes the entries from a table.</summary>
    public void Set(HuffmanTable table)
    {
        _table = table;
        Span<int> free = _entries;
        int symbol = 0;
        for (int length = 1; length <= Window; length++)
        {
            for (int i = 0; i < table.Counts[length - 1]; i++)
            {
                Span<int> places = free[..(1 << (Window - length))];
                SetCode(places, table.Symbols[symbol++], length);
                free = free[places.Length..];
            }
        }

        free.Clear();
    }

    private static void SetCode(Span<int> places, int symbol, int length)
    {
        (int run, int size) = (symbol >> 4, symbol & 15);
        if (symbol == EndOfBlock)
        {
            places.Fill((AcSkips.BlockCoefficients << RunField) | length);
            return;
        }

        int left = Window - length - size;
        if (left < 0 || size == 0)
        {
            places.Clear();
            return;
        }

        for (int i = 0; i < places.Length; i++)
        {
            places[i] = (DcDifferences.Value(i >> left, size) << ValueField) | (run << RunField) | (length + size);
        }
    }

    private int ReadLong(ref BitReader bits, int at, int last, Span<short> coefficients, int plane)
    {
        int found = _table!.Find(bits.Bits);
        int symbol = HuffmanTable.Symbol(found), size = symbol & 15;
        bits.Skip(HuffmanTable.Length(found));
        if (found == 0 || (symbol != ZeroRun && size is 0 or > MaxSize))
        {
            return symbol == EndOfBlock && found != 0 ? AcSkips.BlockCoefficients : int.MaxValue;
        }

        at += symbol >> 4;
        if (at <= last)
        {
            coefficients[at * plane] = (short)DcDifferences.Value((int)(bits.Bits >> 1 >> (63 - size)), size);
        }

        bits.Skip(size);
        return at + 1;
    }
}
