using System.Buffers.Binary;
using PaletteEtl.Covers.Formats.Jpeg;

namespace PaletteEtl.Covers.Formats;

/// <summary>Whether a file reaches the end of its container, found by walking what the container is made of: bytes that
/// look like an end also occur within.</summary>
internal static class ContainerEnd
{
    private static ReadOnlySpan<byte> PngEnd => [0, 0, 0, 0, (byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xAE, 0x42, 0x60, 0x82];

    /// <summary>An end-of-image marker behind the first scan's, or before any scan. Thumbnails lie in segments before it.</summary>
    public static bool InJpeg(ReadOnlySpan<byte> data) => data.LastIndexOf<byte>([0xFF, 0xD9]) >= JpegHeader.Read(data).FirstScan;

    /// <summary>An IEND chunk, which is the end of the file also when a chunk's length before it is damaged.</summary>
    public static bool InPng(ReadOnlySpan<byte> data)
    {
        const int Signature = 8, ChunkFrame = 12;
        if (data.EndsWith(PngEnd))
        {
            return true;
        }

        for (long at = Signature; at + ChunkFrame <= data.Length;)
        {
            ReadOnlySpan<byte> chunk = data[(int)at..];
            if (chunk[4..8].SequenceEqual("IEND"u8))
            {
                return true;
            }

            at += ChunkFrame + (long)BinaryPrimitives.ReadUInt32BigEndian(chunk);
        }

        return false;
    }

    /// <summary>A trailer behind whole blocks, or a block of no known kind: that is damage, not a cut.</summary>
    public static bool InGif(ReadOnlySpan<byte> data)
    {
        const int Screen = 13, ScreenFlags = 10, ImageHeader = 10, ImageFlags = 9;
        long at = Screen + (data.Length > ScreenFlags ? ColorTable(data[ScreenFlags]) : 0);
        while (at < data.Length)
        {
            ReadOnlySpan<byte> block = data[(int)at..];
            switch (block[0])
            {
                case 0x00:
                    at++; // an empty sub-block too many, which decoders pass over
                    break;
                case 0x21:
                    at = SubBlocks(data, at + 2);
                    break;
                case 0x2C:
                    at = SubBlocks(data, at + ImageHeader + 1 + (block.Length > ImageFlags ? ColorTable(block[ImageFlags]) : 0));
                    break;
                default:
                    return true;
            }
        }

        return false;
    }

    private static int ColorTable(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);

    /// <summary>Where data in sub-blocks ends, a length before each and a length of zero behind them.</summary>
    private static long SubBlocks(ReadOnlySpan<byte> data, long at)
    {
        while (at < data.Length && data[(int)at] != 0)
        {
            at += 1 + data[(int)at];
        }

        return at + 1;
    }
}
