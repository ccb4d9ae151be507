using System.Buffers.Binary;

namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>The markers of a JPEG in order, each with its segment. Anything between two of them is an error here, where codecs
/// skip it.</summary>
/// <param name="data">The file, behind its start-of-image marker.</param>
internal ref struct JpegMarkers(ReadOnlySpan<byte> data)
{
    private const int LengthBytes = 2;

    /// <summary>The data after the segment: the next marker, or a scan's coded data, which the scan's reader removes.</summary>
    public ReadOnlySpan<byte> Rest { get; set; } = data;

    public byte Marker { get; private set; }

    /// <summary>The segment without its length.</summary>
    public ReadOnlySpan<byte> Segment { get; private set; }

    /// <summary>Goes on to the next marker; false when there is none here, or its segment is not whole.</summary>
    public bool TryNext()
    {
        int fill = Rest.IndexOfAnyExcept((byte)0xFF); // of as many bytes as an encoder likes
        if (fill < 1)
        {
            return false;
        }

        Marker = Rest[fill];
        Rest = Rest[(fill + 1)..];
        Segment = [];
        return Marker == JpegMarker.EndOfImage || TrySegment();
    }

    private bool TrySegment()
    {
        if (Rest.Length < LengthBytes)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(Rest);
        if (length < LengthBytes || length > Rest.Length)
        {
            return false;
        }

        Segment = Rest[LengthBytes..length];
        Rest = Rest[length..];
        return true;
    }
}
