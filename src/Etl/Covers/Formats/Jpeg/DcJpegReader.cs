namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>Reads the first coefficients of a JPEG's blocks, which are the picture at an eighth or a quarter of its size; declines what it is
/// not certain of.</summary>
/// <remarks>It may be used again, and holds memory for that; what it reads does not depend on what it read before.</remarks>
internal sealed class DcJpegReader
{
    /// <summary>Skia takes fewer than 100.</summary>
    private const int MaxScans = 99;

    private readonly JpegTables _tables = new();
    private readonly JpegFrame _frame = new();
    private readonly JpegColors _colors = new();
    private readonly ScanReader _scans;

    public DcJpegReader()
    {
        _scans = new ScanReader(_frame, _tables);
        Picture = new DcPicture(_frame);
    }

    /// <summary>The picture that was read last.</summary>
    public DcPicture Picture { get; }

    /// <summary>Bytes that are held.</summary>
    public int Bytes => _scans.Bytes + _frame.Bytes + Picture.Bytes;

    /// <summary>The damage that ended the last reading; null when there was none, or the picture is of a kind that is not read.</summary>
    public string? Damage { get; private set; }

    /// <summary>Reads a file; false when it is damaged, or of a kind that is not read.</summary>
    /// <param name="file">The file.</param>
    /// <param name="scale">Pixels of a side of a block: 1, an eighth of the picture's size, or 2, a quarter.</param>
    /// <param name="isStrict">Whether the scans without coefficients that are read are checked, too, and not only searched for their end.</param>
    public bool TryRead(ReadOnlySpan<byte> file, int scale = 1, bool isStrict = false)
    {
        Begin(file, scale, isStrict);
        return file is [0xFF, JpegMarker.StartOfImage, ..] && TryReadSegments(file, needsColors: true) && TrySample();
    }

    /// <summary>The damage in a file of any colours; null when none is found.</summary>
    public string? FindDamage(ReadOnlySpan<byte> file)
    {
        Begin(file, scale: 1, isStrict: true);
        _ = file is [0xFF, JpegMarker.StartOfImage, ..] && TryReadSegments(file, needsColors: false) && TrySample();
        return Damage;
    }

    private void Begin(ReadOnlySpan<byte> file, int scale, bool isStrict)
    {
        Damage = null;
        _tables.Clear();
        _frame.Clear(scale);
        _colors.Clear();
        _scans.Begin(file.Length, isStrict);
    }

    private bool TryReadSegments(ReadOnlySpan<byte> file, bool needsColors)
    {
        var markers = new JpegMarkers(file[2..]);
        int scans = 0;
        while (markers.TryNext())
        {
            if (markers.Marker == JpegMarker.EndOfImage)
            {
                return scans > 0;
            }

            bool isRead = markers.Marker == JpegMarker.Scan
                ? (++scans == 1 ? TryBegin() || !needsColors : scans <= MaxScans) && _scans.TryRead(ref markers)
                : TryDefine(markers, 8L * file.Length);
            if (!isRead)
            {
                Damage = _scans.Damage is { } damage ? $"the DC reader finds that the data of its scan {scans} {damage}" : null;
                return false;
            }
        }

        Damage = "the DC reader finds something other than a marker behind a segment or a scan";
        return false;
    }

    /// <summary>Before the first scan is known what the colours are.</summary>
    private bool TryBegin()
    {
        Picture.Model = _colors.Choose(_frame.Components);
        return Picture.Model != ColorModel.Unknown;
    }

    private bool TryDefine(JpegMarkers markers, long fileBits)
    {
        switch (markers.Marker)
        {
            case JpegMarker.HuffmanTables:
                return _tables.TryDefineHuffman(markers.Segment);
            case JpegMarker.QuantizationTables:
                return _tables.TryDefineQuantization(markers.Segment);
            case JpegMarker.RestartInterval:
                return _tables.TryDefineRestarts(markers.Segment);
            case JpegMarker.BaselineFrame or JpegMarker.SequentialFrame or JpegMarker.ProgressiveFrame:
                return _frame.TryDefine(markers.Marker, markers.Segment, fileBits);
            case JpegMarker.Jfif or JpegMarker.Adobe:
                _colors.Note(markers.Marker, markers.Segment);
                return true;
            default:
                return markers.Marker is >= JpegMarker.FirstApplication and <= JpegMarker.LastApplication or JpegMarker.Comment;
        }
    }

    /// <summary>Sets the samples; false when scans are missing, or a sample is none that an encoder writes.</summary>
    private bool TrySample()
    {
        foreach (JpegComponent component in _frame.Components)
        {
            if (!component.IsWhole)
            {
                return false;
            }

            if (!component.Dc.TrySample(component.Quantizers, _frame.UnitsHigh * component.Vertical))
            {
                Damage = "the DC reader finds samples that no encoder writes";
                return false;
            }
        }

        return true;
    }
}
