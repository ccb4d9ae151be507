using System.Buffers.Binary;

namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>The headers of a JPEG before its first scan (ITU T.81, annex B).</summary>
/// <param name="FirstScan">Where the first scan's marker is, or the end-of-image marker before any; the length of the data
/// when there is neither.</param>
/// <param name="Width">Pixels of a row, as the frame says; 0 without a frame.</param>
/// <param name="Height">Rows, as the frame says; 0 without a frame.</param>
/// <param name="CoefficientBytes">Bytes a decoder needs to hold all coefficients, 2 each; 0 when it needs none, because
/// the only scan has all components.</param>
/// <param name="Frame">The frame's marker, which names the process; 0 without a frame.</param>
/// <param name="Precision">Bits of a sample; 0 without a frame.</param>
/// <param name="Components">Components of the frame; 0 without one.</param>
internal readonly record struct JpegHeader(
    int FirstScan, int Width, int Height, long CoefficientBytes, byte Frame, int Precision, int Components)
{
    private const int BlockSide = 8;
    private const int BlockBytes = BlockSide * BlockSide * sizeof(short);

    public static JpegHeader Read(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> frame = default;
        byte process = 0;
        int at = 2;
        while (at + 2 <= data.Length)
        {
            if (data[at] != 0xFF)
            {
                at++; // garbage between segments, which decoders skip as well
                continue;
            }

            byte marker = data[at + 1];
            if (marker is 0xFF or 0x00 or 0x01 or (>= 0xD0 and <= 0xD8))
            {
                at += marker == 0xFF ? 1 : 2; // fill bytes and markers without a segment
                continue;
            }

            if (marker == 0xD9)
            {
                return Of(at, process, frame, inSeveralScans: true);
            }

            if (at + 4 > data.Length)
            {
                break;
            }

            ReadOnlySpan<byte> segment = Segment(data, at);
            if (marker == 0xDA)
            {
                bool wholeFrame = frame.Length > 5 && segment.Length > 0 && segment[0] == frame[5];
                bool progressive = process is 0xC2 or 0xC6 or 0xCA or 0xCE;
                return Of(at, process, frame, progressive || !wholeFrame);
            }

            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                frame = segment;
                process = marker;
            }

            at += 2 + Math.Max(2, (int)BinaryPrimitives.ReadUInt16BigEndian(data[(at + 2)..]));
        }

        return Of(data.Length, process, frame, inSeveralScans: true);
    }

    private static JpegHeader Of(int firstScan, byte process, ReadOnlySpan<byte> frame, bool inSeveralScans) =>
        frame.Length < 6 || frame.Length < 6 + (3 * frame[5])
            ? new(firstScan, 0, 0, 0, 0, 0, 0)
            : new(
                firstScan,
                BinaryPrimitives.ReadUInt16BigEndian(frame[3..]),
                BinaryPrimitives.ReadUInt16BigEndian(frame[1..]),
                inSeveralScans ? Coefficients(frame) : 0,
                process,
                frame[0],
                frame[5]);

    private static ReadOnlySpan<byte> Segment(ReadOnlySpan<byte> data, int marker)
    {
        int length = BinaryPrimitives.ReadUInt16BigEndian(data[(marker + 2)..]);
        ReadOnlySpan<byte> rest = data[(marker + 4)..];
        return rest[..Math.Clamp(length - 2, 0, rest.Length)];
    }

    /// <summary>Whole blocks of every component, padded to whole units of the frame.</summary>
    private static long Coefficients(ReadOnlySpan<byte> frame)
    {
        int height = BinaryPrimitives.ReadUInt16BigEndian(frame[1..]);
        int width = BinaryPrimitives.ReadUInt16BigEndian(frame[3..]);
        int horizontal = 1, vertical = 1;
        long perUnit = 0;
        for (int i = 0; i < frame[5]; i++)
        {
            int sampling = frame[7 + (3 * i)];
            horizontal = Math.Max(horizontal, sampling >> 4);
            vertical = Math.Max(vertical, sampling & 15);
            perUnit += (sampling >> 4) * (sampling & 15);
        }

        long across = (width + (BlockSide * horizontal) - 1) / (BlockSide * horizontal);
        long down = (height + (BlockSide * vertical) - 1) / (BlockSide * vertical);
        return across * down * perUnit * BlockBytes;
    }
}
