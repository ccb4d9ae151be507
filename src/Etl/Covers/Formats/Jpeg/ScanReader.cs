namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>Reads the scans of a picture: those that have coefficients that are kept, and past the others.</summary>
internal sealed class ScanReader(JpegFrame frame, JpegTables tables)
{
    private readonly CodedData _data = new();
    private readonly ScanUnits _units = new();
    private HuffmanTable? _acCodes;
    private JpegComponent? _acComponent;
    private bool _isStrict;

    /// <summary>Bytes that are held.</summary>
    public int Bytes => _data.Room;

    /// <summary>The damage in the data of the scan that could not be read; null when the scan is of a kind that is not read.</summary>
    public string? Damage { get; private set; }

    /// <summary>Makes room for the scans of a file.</summary>
    /// <param name="fileLength">Bytes of the file.</param>
    /// <param name="isStrict">Whether scans without DC coefficients are checked.</param>
    public void Begin(int fileLength, bool isStrict)
    {
        (Damage, _isStrict) = (null, isStrict);
        _data.Reserve(fileLength);
    }

    /// <summary>Reads a scan, whose header the markers are at.</summary>
    public bool TryRead(ref JpegMarkers markers)
    {
        const int Count = 1, ComponentBytes = 2, EndBytes = 3;
        ReadOnlySpan<byte> header = markers.Segment;
        int count = header.IsEmpty ? 0 : header[0];
        if (!frame.IsDefined || count is 0 or > JpegFrame.MaxComponents || header.Length != Count + (count * ComponentBytes) + EndBytes)
        {
            return false;
        }

        Span<int> components = stackalloc int[count];
        var scan = JpegScan.Read(header[^EndBytes..]);
        if (!scan.IsValid(frame.IsProgressive, count) || !frame.TryFind(header[Count..], components))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = markers.Rest;
        bool isRead = TryPrepare(scan, components, header[Count..])
            && (scan.HasDc || _isStrict || IsLow(scan) ? TryDecode(scan, ref rest) : TrySkip(ref rest));
        markers.Rest = rest;
        return isRead;
    }

    /// <summary>Looks up the tables that a scan names, and lays out its units.</summary>
    private bool TryPrepare(in JpegScan scan, ReadOnlySpan<int> components, ReadOnlySpan<byte> header)
    {
        _units.SetSeveral(frame);
        for (int i = 0; i < components.Length; i++)
        {
            JpegComponent component = frame.Components[components[i]];
            if (!TryFindTables(scan, header[(2 * i) + 1], out ScanTables found) || !TryBegin(component, scan))
            {
                return false;
            }

            if (components.Length == 1)
            {
                _units.SetSingle(frame, component, found);
                (_acCodes, _acComponent) = (scan.HasDc ? null : tables.AcCodes(header[1] & 15), component);
            }
            else if (!_units.TryAdd(i, component, found))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The tables of a component. Scans of AC coefficients, which are passed over, must have one all the same.</summary>
    private bool TryFindTables(in JpegScan scan, byte numbers, out ScanTables found)
    {
        (int dcTable, int acTable) = (numbers >> 4, numbers & 15);
        DcDifferences? dc = scan.HasDifferences ? tables.Dc(dcTable) : null;
        AcSkips? ac = frame.IsProgressive ? null : tables.Ac(acTable);
        found = new ScanTables(dc, ac, ac is null ? null : tables.Values(acTable));
        bool hasAc = frame.IsProgressive ? scan.HasDc || tables.HasAc(acTable) : ac is not null;
        return hasAc && (dc is not null || !scan.HasDifferences);
    }

    /// <summary>Notes the scan, and with a component's first one its quantizer, as libjpeg does.</summary>
    private bool TryBegin(JpegComponent component, in JpegScan scan)
    {
        return component.TrySetQuantizers(tables.Quantizers(component.QuantizationTable)) && component.TryAdd(scan);
    }

    private bool TryDecode(in JpegScan scan, ref ReadOnlySpan<byte> rest)
    {
        int units = _units.Wide * _units.High;
        int interval = tables.RestartInterval == 0 ? units : tables.RestartInterval;
        for (int from = 0; from < units; from += interval)
        {
            if (from > 0 && !TryRestart((from / interval) - 1, ref rest))
            {
                return false;
            }

            if (!_data.TryTake(ref rest) || !TryDecode(scan, from, Math.Min(units, from + interval)))
            {
                Damage = "does not fit its tables or the size of the picture";
                return false;
            }
        }

        return true;
    }

    private bool TryDecode(in JpegScan scan, int from, int to) => scan.HasDc
        ? ScanDecoder.TryDecode(_data.Bits, scan, _units, from, to)
        : (!_isStrict || AcScan.TryPass(_data.Bits, scan, _acCodes!, _acComponent!.NonZero(_units.Wide * _units.High)[from..to]))
            && (!IsLow(scan) || LowScan.TryDecode(_data.Bits, scan, _acCodes!, _acComponent!.Dc, _units.Wide, from, to));

    /// <summary>Whether a scan has AC coefficients that are read. Further bits of them are not: few are of weight.</summary>
    private bool IsLow(in JpegScan scan) =>
        !scan.HasDc && !scan.IsRefinement && scan.First <= _acComponent?.Dc.Last;

    private bool TrySkip(ref ReadOnlySpan<byte> rest)
    {
        int units = _units.Wide * _units.High;
        int restarts = tables.RestartInterval == 0 ? 0 : (units - 1) / tables.RestartInterval;
        bool isThere = CodedData.TrySkip(ref rest);
        for (int restart = 0; isThere && restart < restarts; restart++)
        {
            isThere = TryRestart(restart, ref rest) && CodedData.TrySkip(ref rest);
        }

        if (!isThere)
        {
            Damage ??= "has no end";
        }

        return isThere;
    }

    /// <summary>Takes a restart marker off, which must be the one whose turn it is.</summary>
    private bool TryRestart(int number, ref ReadOnlySpan<byte> rest)
    {
        int fill = rest.IndexOfAnyExcept((byte)0xFF); // of as many bytes as an encoder likes
        bool isNext = fill > 0 && rest[fill] == JpegMarker.FirstRestart + (number % JpegMarker.Restarts);
        Damage = isNext ? null : $"lacks its restart marker {number + 1}, or has another one there";
        rest = isNext ? rest[(fill + 1)..] : rest;
        return isNext;
    }
}
