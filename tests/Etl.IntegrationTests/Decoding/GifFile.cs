namespace Etl.IntegrationTests.Decoding;

/// <summary>GIF files of one frame, which may be smaller than the screen.</summary>
/// <param name="Side">Width and height of the screen.</param>
/// <param name="Colors">Red, green and blue of eight colours.</param>
internal sealed record GifFile(int Side, byte[] Colors)
{
    private const int Clear = 8, End = 9, CodeBits = 4;

    /// <summary>The index of the transparent colour; null when there is none.</summary>
    public byte? Transparent { get; init; }

    /// <summary>Whether the colours are the frame's own, and the screen has others.</summary>
    public bool IsLocal { get; init; }

    /// <summary>The file with a frame at a place of the screen.</summary>
    public byte[] With(int left, int top, int width, byte[] indexes)
    {
        byte[] other = [.. Colors.Reverse()];
        byte[] control = Transparent is { } index ? [0x21, 0xF9, 4, 1, 0, 0, index, 0] : [];
        byte[] frame =
        [
            0x2C, .. UInt16(left), .. UInt16(top), .. UInt16(width), .. UInt16(indexes.Length / width),
            .. IsLocal ? [(byte)0x82, .. Colors] : new byte[] { 0 },
        ];
        return
        [
            .. "GIF89a"u8, .. UInt16(Side), .. UInt16(Side), 0x82, 0, 0, .. IsLocal ? other : Colors,
            .. control, .. frame, CodeBits - 1, .. SubBlocks(Codes(indexes)), 0x3B,
        ];
    }

    /// <summary>Codes of four bits, with a clear code before each two so that they stay as short.</summary>
    private static byte[] Codes(byte[] indexes)
    {
        int[] codes = [.. indexes.Chunk(2).SelectMany(pair => (int[])[Clear, .. pair]), End, 0];
        return [.. codes.Chunk(2).Where(pair => pair.Length == 2).Select(pair => (byte)(pair[0] | (pair[1] << CodeBits)))];
    }

    private static IEnumerable<byte> SubBlocks(byte[] data) =>
        [.. data.Chunk(255).SelectMany(block => (byte[])[(byte)block.Length, .. block]), 0];

    private static byte[] UInt16(int value) => [(byte)value, (byte)(value >> 8)];
}
