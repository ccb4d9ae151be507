using System.Buffers.Binary;
using PaletteEtl.Covers.Formats.Jpeg;

namespace PaletteEtl.Covers.Formats;

/// <summary>The size a cover's header promises, for headers that a codec refuses: some do so because of the size.</summary>
internal static class CoverSize
{
    /// <summary>Width and height; zero where the header does not say.</summary>
    public static (long Width, long Height) Promised(ReadOnlySpan<byte> data, CoverFormat format)
    {
        switch (format)
        {
            case CoverFormat.Jpeg:
                JpegHeader jpeg = JpegHeader.Read(data);
                return (jpeg.Width, jpeg.Height);
            case CoverFormat.Png when data.Length >= 24:
                return (BinaryPrimitives.ReadUInt32BigEndian(data[16..]), BinaryPrimitives.ReadUInt32BigEndian(data[20..]));
            case CoverFormat.Bmp when data.Length >= 26:
                long height = BinaryPrimitives.ReadInt32LittleEndian(data[22..]); // negative: rows from the top down
                return (Math.Max(0, BinaryPrimitives.ReadInt32LittleEndian(data[18..])), Math.Abs(height));
            case CoverFormat.WebP when data.Length >= 30 && data[12..16].SequenceEqual("VP8X"u8):
                return (1 + UInt24(data[24..]), 1 + UInt24(data[27..]));
            default:
                return (0, 0);
        }
    }

    private static long UInt24(ReadOnlySpan<byte> data) => data[0] | (data[1] << 8) | (data[2] << 16);
}
