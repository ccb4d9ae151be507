using System.Buffers.Binary;

namespace PaletteEtl.Covers.Formats;

/// <summary>WebP: a RIFF, whose header has its length. Skia would copy it out of a stream whole.</summary>
internal sealed class WebPFormat() : SkiaFormat("WebP")
{
    public override bool Matches(ReadOnlySpan<byte> data) => data is
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..];

    public override bool HasEnd(ReadOnlySpan<byte> data) =>
        data.Length >= 8L + BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);

    public override (long Width, long Height) PromisedSize(ReadOnlySpan<byte> data) =>
        IsExtended(data) ? (1 + UInt24(data[24..]), 1 + UInt24(data[27..])) : (0, 0);

    /// <summary>The picture in YUV or ARGB, and the pixels.</summary>
    public override long NeededBytes(ReadOnlySpan<byte> data, long pixels, bool acceptsPart, bool isChecked) =>
        pixels * 2 * PixelBuffer.PixelBytes;

    /// <summary>The reference takes an animation whose header has no alpha as opaque, and black around its first frame.</summary>
    public override void FillAroundFrame(ReadOnlySpan<byte> data, Span<uint> pixels)
    {
        const int Flags = 20, Animation = 0x02, Alpha = 0x10;
        if (IsExtended(data) && (data[Flags] & (Animation | Alpha)) == Animation)
        {
            foreach (ref uint pixel in pixels)
            {
                pixel |= 0xFF000000;
            }
        }
    }

    private static bool IsExtended(ReadOnlySpan<byte> data) => data.Length >= 30 && data[12..16].SequenceEqual("VP8X"u8);

    private static long UInt24(ReadOnlySpan<byte> data) => data[0] | (data[1] << 8) | (data[2] << 16);
}
