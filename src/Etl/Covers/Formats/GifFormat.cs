using System.Buffers.Binary;

namespace PaletteEtl.Covers.Formats;

/// <summary>GIF, of which the first frame is decoded. Skia reads every GIF's size.</summary>
internal sealed class GifFormat() : SkiaFormat("GIF")
{
    private const int Screen = 13;
    private const int ScreenFlags = 10;
    private const int FrameHeader = 10;
    private const int FrameFlags = 9;
    private const byte Extension = 0x21;
    private const byte Frame = 0x2C;
    private const uint Opaque = 0xFF000000;

    public override bool Matches(ReadOnlySpan<byte> data) =>
        data is [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..];

    /// <summary>Whether there is a trailer behind whole blocks, or a block of no known kind: that is damage, not a cut.</summary>
    public override bool HasEnd(ReadOnlySpan<byte> data)
    {
        long at = FirstBlock(data);
        while (at < data.Length)
        {
            if (After(data, at) is not { } next)
            {
                return true;
            }

            at = next;
        }

        return false;
    }

    /// <summary>The reference fills the screen around a frame without a transparent colour with the first colour of its table.</summary>
    public override void FillAroundFrame(ReadOnlySpan<byte> data, Span<uint> pixels)
    {
        bool hasTransparent = false;
        for (long? at = FirstBlock(data); at < data.Length; at = After(data, at.Value))
        {
            ReadOnlySpan<byte> block = data[(int)at.Value..];
            hasTransparent |= block is [Extension, 0xF9, _, var flags, ..] && (flags & 1) != 0;
            if (block is [Frame, ..])
            {
                if (!hasTransparent && IsPart(data, block))
                {
                    pixels.Replace(0u, FirstColor(data, block));
                }

                return;
            }
        }
    }

    public override bool IsStreamed(ReadOnlySpan<byte> data) => true;

    /// <summary>Indexes, and the pixels.</summary>
    public override long NeededBytes(ReadOnlySpan<byte> data, long pixels, bool acceptsPart, bool isChecked) =>
        pixels * (PixelBuffer.PixelBytes + 1);

    private static long FirstBlock(ReadOnlySpan<byte> data) => Screen + (data.Length > ScreenFlags ? ColorTable(data[ScreenFlags]) : 0);

    /// <summary>Where the next block begins; null behind a trailer or a block of no known kind.</summary>
    private static long? After(ReadOnlySpan<byte> data, long at)
    {
        ReadOnlySpan<byte> block = data[(int)at..];
        return block[0] switch
        {
            0x00 => at + 1, // an empty sub-block too many, which decoders pass over
            Extension => SubBlocks(data, at + 2),
            Frame => SubBlocks(data, at + FrameHeader + 1 + (block.Length > FrameFlags ? ColorTable(block[FrameFlags]) : 0)),
            _ => null,
        };
    }

    /// <summary>Whether a frame leaves some of the screen out.</summary>
    private static bool IsPart(ReadOnlySpan<byte> data, ReadOnlySpan<byte> frame)
    {
        const int Place = 1, Size = 5, ScreenSize = 6;
        return frame.Length >= FrameHeader
            && (BinaryPrimitives.ReadUInt32LittleEndian(frame[Place..]) != 0
                || BinaryPrimitives.ReadUInt32LittleEndian(frame[Size..]) != BinaryPrimitives.ReadUInt32LittleEndian(data[ScreenSize..]));
    }

    /// <summary>The first colour of a frame's own table, or else of the screen's; black where there is none.</summary>
    private static uint FirstColor(ReadOnlySpan<byte> data, ReadOnlySpan<byte> frame)
    {
        ReadOnlySpan<byte> table = ColorTable(frame[FrameFlags]) > 0 ? frame[FrameHeader..]
            : ColorTable(data[ScreenFlags]) > 0 ? data[Screen..]
            : [];
        return table is [var red, var green, var blue, ..] ? Opaque | red | ((uint)green << 8) | ((uint)blue << 16) : Opaque;
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
