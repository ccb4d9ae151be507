using System.Buffers.Binary;

namespace Etl.IntegrationTests.Hostile;

/// <summary>Where an image file says how long its parts are, and how large its picture is.</summary>
internal static class LengthFields
{
    public static IEnumerable<(int At, int Size)> Of(byte[] bytes) => Decoders.FormatOf(bytes) switch
    {
        "JPEG" => OfJpeg(bytes),
        "PNG" => OfChunks(bytes, start: 8, lengthAt: 0, frame: 12, bigEndian: true).Append((16, 4)).Append((20, 4)),
        "WebP" => OfChunks(bytes, start: 12, lengthAt: 4, frame: 8, bigEndian: false).Append((4, 4)),
        "GIF" => [(6, 2), (8, 2), (10, 1), (13, 1)],
        "BMP" => [(2, 4), (10, 4), (14, 4), (18, 4), (22, 4)],
        _ => OfChunks(bytes, start: 0, lengthAt: 0, frame: 0, bigEndian: true), // the boxes of AVIF and HEIF
    };

    private static IEnumerable<(int At, int Size)> OfJpeg(byte[] bytes)
    {
        for (int at = 2; at + 4 <= bytes.Length && bytes[at] == 0xFF && bytes[at + 1] != 0xDA;)
        {
            yield return (at + 2, 2);
            if (bytes[at + 1] is 0xC0 or 0xC2)
            {
                yield return (at + 5, 2);
                yield return (at + 7, 2);
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at + 2));
        }
    }

    private static IEnumerable<(int At, int Size)> OfChunks(byte[] bytes, int start, int lengthAt, int frame, bool bigEndian)
    {
        for (long at = start; at + 8 <= bytes.Length;)
        {
            int field = (int)at + lengthAt;
            yield return (field, 4);
            uint length = bigEndian
                ? BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(field))
                : BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(field));
            at += Math.Max(8, frame + (long)length + (bigEndian ? 0 : length & 1)); // RIFF chunks begin at even places
        }
    }
}
