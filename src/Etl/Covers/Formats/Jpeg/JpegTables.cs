using System.Buffers.Binary;

namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>The tables that segments before a scan define. They hold until they are defined anew, and for one picture only.</summary>
internal sealed class JpegTables
{
    private const int Tables = 4;

    private const int AcClass = 1;

    private readonly HuffmanTable[] _dc = NewTables();
    private readonly HuffmanTable[] _ac = NewTables();
    private readonly DcDifferences[] _differences = [.. Enumerable.Range(0, Tables).Select(static _ => new DcDifferences())];
    private readonly AcSkips[] _skips = [.. Enumerable.Range(0, Tables).Select(static _ => new AcSkips())];
    private readonly AcValues[] _values = [.. Enumerable.Range(0, Tables).Select(static _ => new AcValues())];
    private readonly int[] _quantizers = new int[Tables * LowCoefficients.Count];
    private readonly bool[] _hasQuantizers = new bool[Tables];

    /// <summary>Units from one restart to the next; 0 without restarts.</summary>
    public int RestartInterval { get; private set; }

    /// <summary>Forgets the tables of the picture before.</summary>
    public void Clear()
    {
        Array.ForEach(_dc, static table => table.Undefine());
        Array.ForEach(_ac, static table => table.Undefine());
        _hasQuantizers.AsSpan().Clear();
        RestartInterval = 0;
    }

    /// <summary>The factors of the coefficients that are read; none when there is no such table.</summary>
    public ReadOnlySpan<int> Quantizers(int table) => table < Tables && _hasQuantizers[table]
        ? _quantizers.AsSpan(table * LowCoefficients.Count, LowCoefficients.Count)
        : [];

    /// <summary>Whether there is a table for AC coefficients.</summary>
    public bool HasAc(int table) => table < Tables && _ac[table].IsDefined;

    /// <summary>The decoder of DC differences for a table; null when there is no such table.</summary>
    public DcDifferences? Dc(int table)
    {
        if (table >= Tables || !_dc[table].IsDefined)
        {
            return null;
        }

        if (_dc[table].TryIndex())
        {
            _differences[table].Set(_dc[table]);
        }

        return _differences[table];
    }

    /// <summary>The codes of AC coefficients, ready to be looked up; null when there is no such table.</summary>
    public HuffmanTable? AcCodes(int table)
    {
        if (!HasAc(table))
        {
            return null;
        }

        _ac[table].TryIndex();
        return _ac[table];
    }

    /// <summary>The lookup table that skips AC coefficients; null when there is no such table.</summary>
    public AcSkips? Ac(int table)
    {
        if (!HasAc(table))
        {
            return null;
        }

        if (_ac[table].TryIndex())
        {
            _skips[table].Set(_ac[table]);
            _values[table].Set(_ac[table]);
        }

        return _skips[table];
    }

    /// <summary>The lookup table that reads the first AC coefficients of a table that <see cref="Ac"/> has.</summary>
    public AcValues Values(int table) => _values[table];

    /// <summary>Takes over a segment of Huffman tables.</summary>
    public bool TryDefineHuffman(ReadOnlySpan<byte> segment)
    {
        while (!segment.IsEmpty)
        {
            int kind = segment[0] >> 4, number = segment[0] & 15;
            segment = segment[1..];
            if (kind > AcClass || number >= Tables || !TryDefine(kind == AcClass ? _ac[number] : _dc[number], kind, ref segment))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Takes over a segment of quantization tables.</summary>
    public bool TryDefineQuantization(ReadOnlySpan<byte> segment)
    {
        while (!segment.IsEmpty)
        {
            int wide = segment[0] >> 4, number = segment[0] & 15;
            int length = 1 + ((1 + wide) * AcSkips.BlockCoefficients);
            if (wide > 1 || number >= Tables || segment.Length < length)
            {
                return false;
            }

            SetQuantizers(number, segment[1..length], wide);
            segment = segment[length..];
        }

        return true;
    }

    public bool TryDefineRestarts(ReadOnlySpan<byte> segment)
    {
        RestartInterval = segment.Length == sizeof(ushort) ? BinaryPrimitives.ReadUInt16BigEndian(segment) : 0;
        return segment.Length == sizeof(ushort);
    }

    private void SetQuantizers(int table, ReadOnlySpan<byte> factors, int wide)
    {
        _hasQuantizers[table] = true;
        for (int i = 0; i < LowCoefficients.Count; i++)
        {
            _quantizers[(table * LowCoefficients.Count) + i] = wide == 1 ? BinaryPrimitives.ReadUInt16BigEndian(factors[(2 * i)..]) : factors[i];
        }
    }

    private static bool TryDefine(HuffmanTable table, int kind, ref ReadOnlySpan<byte> segment) =>
        table.TryDefine(ref segment) && (kind == AcClass || !table.Symbols.ContainsAnyExceptInRange((byte)0, (byte)DcDifferences.MaxSize));

    private static HuffmanTable[] NewTables() => [.. Enumerable.Range(0, Tables).Select(static _ => new HuffmanTable())];
}
