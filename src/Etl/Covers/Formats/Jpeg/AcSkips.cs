using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>A lookup table from the next bits to the length of the AC codes, with their values, that they begin with: as many whole
/// codes as fit, so that a few lookups pass over a block.</summary>
/// <remarks>
/// An entry holds the number of bits to skip and, above it, the number of a block's 64 coefficients in those bits. The code that
/// ends a block adds <see cref="EndOfBlock"/>, which exceeds the coefficients of every entry: fewer than 64.
/// </remarks>
internal sealed class AcSkips
{
    /// <summary>Maximum number of bits that an entry skips. Three entries fit into the bits of a filled bit reader.</summary>
    public const int MaxBits = 18;

    public const int EndOfBlock = 128;
    public const int BlockCoefficients = 64;

    private const int Window = 12;
    private const int BitsField = 8;
    private const ushort BitsMask = (1 << BitsField) - 1;

    /// <summary>The bit of 64 coefficients and more.</summary>
    private const ushort TooMany = BlockCoefficients << BitsField;

    private const int ZeroRun = 0xF0;
    private const int MaxSize = 10;

    /// <summary>Where no code is known: takes any block beyond its end, which is then looked at code by code.</summary>
    private const ushort Unknown = TooMany;

    private readonly ushort[] _entries = new ushort[1 << Window];

    // Entries for smaller windows, those of w bits from 2^w on; 0 where no whole code fits.
    private readonly ushort[] _smaller = new ushort[1 << Window];
    private HuffmanTable? _table;

    /// <summary>The entry for the next bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(ulong bits) => _entries[(int)(bits >> (64 - Window))];

    /// <summary>The coefficients an entry skips; its low byte is the bits to skip.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Coefficients(int entry) => entry >> BitsField;

    /// <summary>The entry for a single code of a table; 0 where it stands for nothing that a baseline picture has.</summary>
    public static int Of(int symbol, int length)
    {
        int run = symbol >> 4, size = symbol & 15;
        return symbol == 0 ? Entry(length, EndOfBlock)
            : symbol == ZeroRun || size is > 0 and <= MaxSize ? Entry(length + size, run + 1)
            : 0;
    }

    /// <summary>The bits an entry skips.</summary>
    public static int Bits(int entry) => entry & BitsMask;

    /// <summary>Whether a block's coefficients end here: the last was the 64th, or behind one before it came the code for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsEnd(int at) => at == BlockCoefficients || (uint)(at - EndOfBlock - 1) < BlockCoefficients - 1;

    /// <summary>Passes over the coefficients of a single code.</summary>
    /// <param name="bits">Where the code begins.</param>
    /// <param name="at">The next coefficient.</param>
    /// <returns>The coefficient after those; beyond the end of the block when there is no such code.</returns>
    public int SkipOne(ref BitReader bits, int at)
    {
        int found = _table!.Find(bits.Bits);
        int code = Of(HuffmanTable.Symbol(found), HuffmanTable.Length(found));
        bits.Skip(Bits(code));
        return code == 0 || found == 0 ? int.MaxValue : at + Coefficients(code);
    }

    /// <summary>Makes the entries from a table, those of larger windows from those of smaller ones.</summary>
    public void Set(HuffmanTable table)
    {
        _table = table;
        for (int window = 0; window <= Window; window++)
        {
            Span<ushort> free = window == Window ? _entries : _smaller.AsSpan(1 << window, 1 << window);
            int symbol = 0;
            for (int length = 1; length <= window; length++)
            {
                for (int i = 0; i < table.Counts[length - 1]; i++)
                {
                    Span<ushort> places = free[..(1 << (window - length))];
                    SetCode(places, Of(table.Symbols[symbol++], length), window);
                    free = free[places.Length..];
                }
            }

            free.Clear();
        }

        _entries.AsSpan().Replace((ushort)0, Unknown);
    }

    private static int Entry(int bits, int coefficients) => (coefficients << BitsField) | bits;

    /// <summary>Sets the places of one code: behind the code and its value goes what a smaller window knows of the other bits.</summary>
    private void SetCode(Span<ushort> places, int code, int window)
    {
        int left = window - Bits(code);
        if (Bits(code) > MaxBits)
        {
            places.Clear();
        }
        else if (left <= 0 || Coefficients(code) >= EndOfBlock || code == 0)
        {
            places.Fill((ushort)code);
        }
        else
        {
            ReadOnlySpan<ushort> next = _smaller.AsSpan(1 << left, 1 << left);
            for (; !places.IsEmpty; places = places[next.Length..])
            {
                Append(code, next, places);
            }
        }
    }

    private static void Append(int code, ReadOnlySpan<ushort> next, Span<ushort> places)
    {
        var first = Vector128.Create((ushort)code);
        int i = 0;
        for (; i <= next.Length - Vector128<ushort>.Count; i += Vector128<ushort>.Count)
        {
            Vector128<ushort> both = first + Vector128.Create(next[i..]);
            Vector128<ushort> isShort = Vector128.LessThanOrEqual(both & Vector128.Create(BitsMask), Vector128.Create((ushort)MaxBits));
            Vector128<ushort> isFew = Vector128.Equals(both & Vector128.Create(TooMany), Vector128<ushort>.Zero);
            Vector128.ConditionalSelect(isShort & isFew, both, first).CopyTo(places[i..]);
        }

        for (; i < next.Length; i++)
        {
            int both = code + next[i];
            places[i] = (ushort)(Bits(both) <= MaxBits && (both & TooMany) == 0 ? both : code);
        }
    }
}
