using System.Runtime.CompilerServices;

namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>A Huffman table of a JPEG (ITU T.81, annex C). Codes of a length are consecutive, and go before all longer ones.</summary>
internal sealed class HuffmanTable
{
    public const int MaxLength = 16;

    private const int ShortLength = 9;
    private const int Codes = 1 << MaxLength;
    private const int LengthBits = 8;

    private readonly byte[] _counts = new byte[MaxLength];
    private readonly byte[] _symbols = new byte[byte.MaxValue + 1];
    private readonly int[] _ends = new int[MaxLength]; // by length where its codes end, at the left of 16 bits
    private readonly ushort[] _short = new ushort[1 << ShortLength];
    private int _count;
    private bool _isIndexed;

    public bool IsDefined { get; private set; }

    /// <summary>How many codes there are of each length.</summary>
    public ReadOnlySpan<byte> Counts => _counts;

    /// <summary>The symbols in the order of their codes.</summary>
    public ReadOnlySpan<byte> Symbols => _symbols.AsSpan(0, _count);

    public void Undefine() => IsDefined = false;

    /// <summary>Takes a table over from its segment; false when it is none.</summary>
    /// <param name="segment">The segment from the table's counts on; moved behind the table.</param>
    public bool TryDefine(ref ReadOnlySpan<byte> segment)
    {
        if (segment.Length < MaxLength)
        {
            return false;
        }

        segment[..MaxLength].CopyTo(_counts);
        int symbols = 0, end = 0;
        for (int i = 0; i < MaxLength; i++)
        {
            symbols += _counts[i];
            _ends[i] = end += _counts[i] << (MaxLength - 1 - i);
        }

        // The code of ones alone is no code, so the end is never reached.
        if (end >= Codes || symbols > _symbols.Length || segment.Length < MaxLength + symbols)
        {
            return false;
        }

        segment.Slice(MaxLength, symbols).CopyTo(_symbols);
        segment = segment[(MaxLength + symbols)..];
        (_count, IsDefined, _isIndexed) = (symbols, true, false);
        return true;
    }

    /// <summary>Makes <see cref="Find"/> ready, which takes time that tables of skipped scans are not worth; false when it is.</summary>
    public bool TryIndex()
    {
        if (_isIndexed)
        {
            return false;
        }

        Span<ushort> free = _short;
        int symbol = 0;
        for (int length = 1; length <= ShortLength; length++)
        {
            int places = 1 << (ShortLength - length);
            for (int i = 0; i < _counts[length - 1]; i++)
            {
                free[..places].Fill(Entry(_symbols[symbol++], length));
                free = free[places..];
            }
        }

        free.Clear();
        return _isIndexed = true;
    }

    /// <summary>The symbol whose code the bits begin with, and the length of the code; 0 when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(ulong bits)
    {
        int entry = _short[(int)(bits >> (64 - ShortLength))];
        return entry != 0 ? entry : FindLong((int)(bits >> (64 - MaxLength)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Length(int found) => found & ((1 << LengthBits) - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Symbol(int found) => found >> LengthBits;

    private static ushort Entry(int symbol, int length) => (ushort)((symbol << LengthBits) | length);

    private int FindLong(int code)
    {
        int first = 0, end = 0;
        for (int length = 1; length <= MaxLength; length++)
        {
            int start = end;
            end = _ends[length - 1];
            if (code < end)
            {
                return Entry(_symbols[first + ((code - start) >> (MaxLength - length))], length);
            }

            first += _counts[length - 1];
        }

        return 0;
    }
}
