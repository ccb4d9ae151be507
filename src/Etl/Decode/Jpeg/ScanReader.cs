namespace Etl.Decode.Jpeg;

/// <summary>Reads the scans of a picture: the DC coefficients of those that have them, and past the others.</summary>
internal sealed class ScanReader(JpegFrame frame, JpegTables tables)
{
    private readonly CodedData _data = new();
    private readonly ScanUnits _units = new();

    /// <summary>Bytes that are held.</summary>
    public int Bytes => _data.Room;

    /// <summary>Makes room for the scans of a file.</summary>
    public void Reserve(int fileLength) => _data.Reserve(fileLength);

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
        bool isRead = TryPrepare(scan, components, header[Count..]) && (scan.HasDc ? TryDecode(scan, ref rest) : TrySkip(ref rest));
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
            if (!TryFindTables(scan, header[(2 * i) + 1], out DcDifferences? dc, out AcSkips? ac) || !TryBegin(component, scan))
            {
                return false;
            }

            if (components.Length == 1)
            {
                _units.SetSingle(frame, component, dc, ac);
            }
            else if (!_units.TryAdd(i, component, dc, ac))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The tables of a component. Scans of AC coefficients, which are passed over, must have one all the same.</summary>
    private bool TryFindTables(in JpegScan scan, byte numbers, out DcDifferences? dc, out AcSkips? ac)
    {
        (int dcTable, int acTable) = (numbers >> 4, numbers & 15);
        dc = scan.HasDifferences ? tables.Dc(dcTable) : null;
        ac = frame.IsProgressive ? null : tables.Ac(acTable);
        bool hasAc = frame.IsProgressive ? scan.HasDc || tables.HasAc(acTable) : ac is not null;
        return hasAc && (dc is not null || !scan.HasDifferences);
    }

    /// <summary>Notes the scan, and with a component's first one its quantizer, as libjpeg does.</summary>
    private bool TryBegin(JpegComponent component, in JpegScan scan)
    {
        if (component.Quantizer == JpegTables.Missing)
        {
            component.Quantizer = tables.Quantizer(component.QuantizationTable);
        }

        return component.Quantizer != JpegTables.Missing && component.TryAdd(scan);
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

            if (!_data.TryTake(ref rest) || !ScanDecoder.TryDecode(_data.Bits, scan, _units, from, Math.Min(units, from + interval)))
            {
                return false;
            }
        }

        return true;
    }

    private bool TrySkip(ref ReadOnlySpan<byte> rest)
    {
        int units = _units.Wide * _units.High;
        int restarts = tables.RestartInterval == 0 ? 0 : (units - 1) / tables.RestartInterval;
        bool isThere = CodedData.TrySkip(ref rest);
        for (int restart = 0; isThere && restart < restarts; restart++)
        {
            isThere = TryRestart(restart, ref rest) && CodedData.TrySkip(ref rest);
        }

        return isThere;
    }

    /// <summary>Takes a restart marker off, which must be the one whose turn it is.</summary>
    private static bool TryRestart(int number, ref ReadOnlySpan<byte> rest)
    {
        bool isNext = rest[1] == JpegMarker.FirstRestart + (number % JpegMarker.Restarts);
        rest = rest[2..];
        return isNext;
    }
}
