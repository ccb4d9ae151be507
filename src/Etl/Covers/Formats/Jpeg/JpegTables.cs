using System.Buffers.Binary;

namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>The tables that segments before a scan define. They hold until they are defined anew, and for one picture only.</summary>
internal sealed class JpegTables
{
    /// <summary>A quantizer of no table.</summary>
    public const int Missing = -1;

    private const int Tables = 4;

    private static readonly LowQuantizers Unknown = new(Missing, 0, 0, 0);

    private const int AcClass = 1;

    private readonly HuffmanTable[] _dc = NewTables();
    private readonly HuffmanTable[] _ac = NewTables();
    private readonly DcDifferences[] _differences = [.. Enumerable.Range(0, Tables).Select(static _ => new DcDifferences())];
    private readonly AcSkips[] _skips = [.. Enumerable.Range(0, Tables).Select(static _ => new AcSkips())];
    private readonly AcValues[] _values = [.. Enumerable.Range(0, Tables).Select(static _ => new AcValues())];
    private readonly LowQuantizers[] _quantizers = new LowQuantizers[Tables];

    /// <summary>Units from one restart to the next; 0 without restarts.</summary>
    public int RestartInterval { get; private set; }

    /// <summary>Forgets the tables of the picture before.</summary>
    public void Clear()
    {
        Array.ForEach(_dc, static table => table.Undefine());
        Array.ForEach(_ac, static table => table.Undefine());
        _quantizers.AsSpan().Fill(Unknown);
        RestartInterval = 0;
    }

    /// <summary>The quantizers of the coefficients that are read; missing when there is no such table.</summary>
    public LowQuantizers Quantizers(int table) => table < Tables ? _quantizers[table] : Unknown;

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

            ReadOnlySpan<byte> factors = segment[1..length];
            _quantizers[number] = new LowQuantizers(Factor(factors, wide, 0), Factor(factors, wide, 1), Factor(factors, wide, 2), Factor(factors, wide, 4));
            segment = segment[length..];
        }

        return true;
    }

    public bool TryDefineRestarts(ReadOnlySpan<byte> segment)
    {
        RestartInterval = segment.Length == sizeof(ushort) ? BinaryPrimitives.ReadUInt16BigEndian(segment) : 0;
        return segment.Length == sizeof(ushort);
    }

    private static int Factor(ReadOnlySpan<byte> factors, int wide, int coefficient) =>
        wide == 1 ? BinaryPrimitives.ReadUInt16BigEndian(factors[(2 * coefficient)..]) : factors[coefficient];

    private static bool TryDefine(HuffmanTable table, int kind, ref ReadOnlySpan<byte> segment) =>
        table.TryDefine(ref segment) && (kind == AcClass || !table.Symbols.ContainsAnyExceptInRange((byte)0, (byte)DcDifferences.MaxSize));

    private static HuffmanTable[] NewTables() => [.. Enumerable.Range(0, Tables).Select(static _ => new HuffmanTable())];
}
