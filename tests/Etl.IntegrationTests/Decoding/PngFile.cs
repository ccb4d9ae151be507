using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Etl.IntegrationTests.Decoding;

/// <summary>PNG files of any form, for forms that no encoder at hand writes.</summary>
internal static class PngFile
{
    public const byte Grey = 0;
    public const byte Rgb = 2;
    public const byte Indexed = 3;
    public const byte Rgba = 6;

    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>A file of rows, each with its filter before it, and of chunks before them.</summary>
    public static byte[] Of(int width, int height, byte bits, byte colorType, byte[] rows, params byte[][] chunks)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (bits, colorType);
        return
        [
            .. Signature, .. Chunk("IHDR", header), .. chunks.SelectMany(chunk => chunk),
            .. Chunk("IDAT", Deflated(rows)), .. Chunk("IEND", []),
        ];
    }

    /// <summary>A file of one row, whose samples are packed as its bits say.</summary>
    public static byte[] OfSamples(byte bits, byte colorType, int[] samples, params byte[][] chunks)
    {
        int width = samples.Length / (colorType == Rgb ? 3 : colorType == Rgba ? 4 : 1);
        string packed = string.Concat(samples.Select(sample => Convert.ToString(sample, 2).PadLeft(bits, '0')));
        byte[] row = [.. packed.Chunk(8).Select(octet => Convert.ToByte(new string(octet).PadRight(8, '0'), 2))];
        return Of(width, 1, bits, colorType, [0, .. row], chunks);
    }

    public static byte[] Chunk(string type, byte[] content)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. content];
        byte[] chunk = [0, 0, 0, 0, .. named, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc(named));
        return chunk;
    }

    public static byte[] Deflated(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            zlib.Write(bytes);
        }

        return packed.ToArray();
    }

    private static uint Crc(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }
}
