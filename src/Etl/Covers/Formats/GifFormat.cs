namespace PaletteEtl.Covers.Formats;

/// <summary>GIF, of which the first frame is decoded. Skia reads every GIF's size.</summary>
internal sealed class GifFormat() : SkiaFormat("GIF")
{
    public override bool Matches(ReadOnlySpan<byte> data) =>
        data is [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..];

    /// <summary>Whether there is a trailer behind whole blocks, or a block of no known kind: that is damage, not a cut.</summary>
    public override bool HasEnd(ReadOnlySpan<byte> data)
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

    public override bool IsStreamed(ReadOnlySpan<byte> data) => true;

    /// <summary>Indexes, and the pixels.</summary>
    public override long NeededBytes(ReadOnlySpan<byte> data, long pixels, bool acceptsPart, bool isChecked) =>
        pixels * (PixelBuffer.PixelBytes + 1);

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
