using System.Buffers.Binary;

namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>The scans of a JPEG (ITU T.81, annexes B and G).</summary>
/// <param name="Count">How many there are.</param>
/// <param name="AreComplete">Whether they have every coefficient of every component, to its last bit.</param>
internal readonly record struct JpegScans(int Count, bool AreComplete)
{
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;
    private const int Coefficients = 64;

    public static JpegScans Read(ReadOnlySpan<byte> data, JpegHeader header)
    {
        Span<ulong> complete = stackalloc ulong[byte.MaxValue + 1]; // the coefficients of each component, a bit each
        int count = 0;
        for (ReadOnlySpan<byte> rest = data[header.FirstScan..]; ToMarker(ref rest) && rest[1] != EndOfImage;)
        {
            ReadOnlySpan<byte> segment = Segment(rest);
            if (rest[1] == StartOfScan)
            {
                count++;
                Add(segment, complete);
            }

            rest = rest[Math.Min(rest.Length, 4 + segment.Length)..];
        }

        return new JpegScans(count, complete.Count(ulong.MaxValue) == header.Components);
    }

    /// <summary>Moves on to the next marker that has a segment or ends the picture: neither a stuffed byte of a scan nor a
    /// restart.</summary>
    private static bool ToMarker(ref ReadOnlySpan<byte> data)
    {
        for (int at; (at = data.IndexOf((byte)0xFF)) >= 0 && at + 1 < data.Length;)
        {
            data = data[at..];
            if (data[1] is not (0x00 or 0x01 or 0xFF or (>= 0xD0 and <= 0xD8)))
            {
                return true;
            }

            data = data[(data[1] == 0xFF ? 1 : 2)..];
        }

        return false;
    }

    private static ReadOnlySpan<byte> Segment(ReadOnlySpan<byte> marker) => marker.Length < 4
        ? []
        : marker[4..Math.Clamp(2 + BinaryPrimitives.ReadUInt16BigEndian(marker[2..]), 4, marker.Length)];

    private static void Add(ReadOnlySpan<byte> scan, Span<ulong> complete)
    {
        int components = scan.IsEmpty ? 0 : scan[0];
        if (scan.Length < 4 + (2 * components))
        {
            return;
        }

        ReadOnlySpan<byte> range = scan[(1 + (2 * components))..];
        bool isLastBit = (range[2] & 15) == 0;
        for (int coefficient = range[0]; isLastBit && coefficient <= Math.Min((int)range[1], Coefficients - 1); coefficient++)
        {
            for (int i = 0; i < components; i++)
            {
                complete[scan[1 + (2 * i)]] |= 1UL << coefficient;
            }
        }
    }
}
