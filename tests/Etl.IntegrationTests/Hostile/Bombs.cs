using System.Buffers.Binary;
using Etl.IntegrationTests.Decoding;

namespace Etl.IntegrationTests.Hostile;

/// <summary>Small files that ask for much: sizes no poster has, and parts that grow when they are unpacked or repeated.</summary>
internal static class Bombs
{
    private const int EndOfBandsRun = 16_384;

    /// <summary>A PNG of one blank row, with chunks before its pixels.</summary>
    public static byte[] Png(int width, int height, params byte[][] chunks) =>
        PngFile.Of(width, height, bits: 8, colorType: PngFile.Rgb, rows: new byte[1 + (3 * width)], chunks);

    /// <summary>A chunk of compressed zeros: a text, or a colour profile.</summary>
    public static byte[] CompressedChunk(string type, int unpacked) =>
        PngFile.Chunk(type, [(byte)'a', 0, 0, .. PngFile.Deflated(new byte[unpacked])]);

    /// <summary>A GIF of frames of one pixel on a screen of any size.</summary>
    public static byte[] Gif(int width, int height, int frames)
    {
        byte[] frame = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];
        return
        [
            .. "GIF89a"u8, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0x80, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF,
            .. Enumerable.Repeat(frame, frames).SelectMany(bytes => bytes), 0x3B,
        ];
    }

    /// <summary>A BMP of 24 bits without its pixels.</summary>
    public static byte[] Bmp(int width, int height)
    {
        byte[] bmp = new byte[64];
        "BM"u8.CopyTo(bmp);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(2), bmp.Length);
        (bmp[10], bmp[14], bmp[26], bmp[28]) = (54, 40, 1, 24);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(22), height);
        return bmp;
    }

    /// <summary>A WebP animation with a canvas of any size, and one frame of one pixel.</summary>
    public static byte[] WebP(int width, int height)
    {
        byte[] pixel = [.. "VP8L"u8, 8, 0, 0, 0, 0x2F, 0, 0, 0, 0, 0, 0, 0];
        byte[] frame = [.. new byte[15], 0, .. pixel];
        byte[] chunks =
        [
            .. "WEBPVP8X"u8, 10, 0, 0, 0, 2, 0, 0, 0, .. UInt24(width - 1), .. UInt24(height - 1),
            .. "ANIM"u8, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. "ANMF"u8, (byte)frame.Length, 0, 0, 0, .. frame,
        ];
        return [.. "RIFF"u8, .. UInt24(chunks.Length), 0, .. chunks];
    }

    /// <summary>A grey progressive JPEG whose scans say "no more coefficients" for many blocks at a time: a few bytes a
    /// scan, each of which has a decoder visit the whole picture.</summary>
    public static byte[] Jpeg(int side, int scans)
    {
        int blocks = (side + 7) / 8 * ((side + 7) / 8);
        byte[] scan = [.. Segment(0xDA, 1, 1, 0, 1, 63, 0), .. Bits(string.Concat(Enumerable.Repeat($"0{0:b14}", (blocks / EndOfBandsRun) + 1)))];
        return
        [
            0xFF, 0xD8,
            .. Segment(0xDB, [0, .. Enumerable.Repeat((byte)1, 64)]),
            .. Segment(0xC2, 8, (byte)(side >> 8), (byte)side, (byte)(side >> 8), (byte)side, 1, 1, 0x11, 0),
            .. Segment(0xC4, [0x00, 1, .. new byte[15], 0x00]), // one code each: a difference of 0 bits,
            .. Segment(0xC4, [0x10, 1, .. new byte[15], 0xE0]), // and a run of 2^14 blocks and more
            .. Segment(0xDA, 1, 1, 0, 0, 0, 0), .. new byte[(blocks + 7) / 8],
            .. Enumerable.Repeat(scan, scans).SelectMany(bytes => bytes),
            0xFF, 0xD9,
        ];
    }

    private static byte[] Segment(byte marker, params byte[] content) =>
        [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    private static byte[] Bits(string bits) =>
        [.. bits.Chunk(8).Select(octet => Convert.ToByte(new string(octet).PadRight(8, '0'), 2))];

    private static byte[] UInt24(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16)];
}
