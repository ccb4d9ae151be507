namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>A component of the frame: what its header says, its first coefficients, and how much of it the scans had so far.</summary>
internal sealed class JpegComponent
{
    private const sbyte NoBits = -1;

    // By coefficient the lowest bit that is known; 0 is all of it.
    private readonly sbyte[] _lowestBits = new sbyte[AcSkips.BlockCoefficients];
    private readonly int[] _quantizers = new int[LowCoefficients.Count];
    private bool _hasQuantizers;
    private ulong[] _nonZero = [];
    private bool _isNonZeroClear;

    public int Id { get; private set; }

    /// <summary>Blocks of a unit from left to right.</summary>
    public int Horizontal { get; private set; }

    /// <summary>Blocks of a unit from top to bottom.</summary>
    public int Vertical { get; private set; }

    public int QuantizationTable { get; private set; }

    /// <summary>The factors of the coefficients that are read; set by the first scan.</summary>
    public ReadOnlySpan<int> Quantizers => _quantizers;

    public DcPlane Dc { get; } = new();

    public bool IsWhole => !_lowestBits.AsSpan().ContainsAnyExcept((sbyte)0);

    /// <summary>Bytes that are held.</summary>
    public int Bytes => Dc.Bytes + (_nonZero.Length * sizeof(ulong));

    /// <summary>By block, the coefficients that the scans so far have made other than 0, a bit each.</summary>
    public Span<ulong> NonZero(int blocks)
    {
        if (!_isNonZeroClear)
        {
            _nonZero = _nonZero.Length < blocks ? new ulong[blocks] : _nonZero;
            _nonZero.AsSpan(0, blocks).Clear();
            _isNonZeroClear = true;
        }

        return _nonZero.AsSpan(0, blocks);
    }

    /// <summary>Takes over what the frame's header says: three bytes.</summary>
    public void Set(ReadOnlySpan<byte> header)
    {
        Id = header[0];
        Horizontal = header[1] >> 4;
        Vertical = header[1] & 15;
        QuantizationTable = header[2];
        _hasQuantizers = false;
        _isNonZeroClear = false;
        _lowestBits.AsSpan().Fill(NoBits);
    }

    /// <summary>Takes over the factors of a table unless it has some; false when there is no such table.</summary>
    public bool TrySetQuantizers(ReadOnlySpan<int> quantizers)
    {
        if (!_hasQuantizers && !quantizers.IsEmpty)
        {
            quantizers.CopyTo(_quantizers);
            _hasQuantizers = true;
        }

        return _hasQuantizers;
    }

    /// <summary>Notes what a scan has; false when it comes twice or before what it refines.</summary>
    public bool TryAdd(in JpegScan scan)
    {
        Span<sbyte> bits = _lowestBits.AsSpan(scan.First, scan.Last - scan.First + 1);
        int before = scan.IsRefinement ? scan.HighBit : NoBits;
        bool follows = !bits.ContainsAnyExcept((sbyte)before);
        bits.Fill((sbyte)scan.LowBit);
        return follows;
    }
}
