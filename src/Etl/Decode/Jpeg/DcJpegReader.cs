namespace Etl.Decode.Jpeg;

/// <summary>Reads the DC coefficients of a JPEG, which are the picture at an eighth of its size; declines what it is not certain of.</summary>
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

    /// <summary>Reads a file; false when it is damaged, or of a kind that is not read.</summary>
    public bool TryRead(ReadOnlySpan<byte> file)
    {
        _tables.Clear();
        _frame.Clear();
        _colors.Clear();
        _scans.Reserve(file.Length);
        return file is [0xFF, JpegMarker.StartOfImage, ..] && TryRead(new JpegMarkers(file[2..]), 8L * file.Length) && TrySample();
    }

    private bool TryRead(JpegMarkers markers, long fileBits)
    {
        int scans = 0;
        while (markers.TryNext() && markers.Marker != JpegMarker.EndOfImage)
        {
            bool isRead = markers.Marker == JpegMarker.Scan
                ? (++scans == 1 ? TryBegin() : scans <= MaxScans) && _scans.TryRead(ref markers)
                : TryDefine(markers, fileBits);
            if (!isRead)
            {
                return false;
            }
        }

        return scans > 0 && markers.Marker == JpegMarker.EndOfImage;
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
            if (!component.IsWhole || !component.Dc.TrySample(component.Quantizer, _frame.UnitsHigh * component.Vertical))
            {
                return false;
            }
        }

        return true;
    }
}
