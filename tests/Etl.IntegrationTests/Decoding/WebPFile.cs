using SkiaSharp;

namespace Etl.IntegrationTests.Decoding;

/// <summary>WebP files: lossless pictures, and animations of one as their first frame.</summary>
internal static class WebPFile
{
    private const int Animated = 0x02, HasAlpha = 0x10;

    /// <summary>A lossless picture.</summary>
    public static byte[] Of(SKBitmap picture)
    {
        using SKPixmap pixels = picture.PeekPixels()!;
        using SKData data = pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 100))!;
        return data.ToArray();
    }

    /// <summary>A picture behind an extended header that denies alpha.</summary>
    public static byte[] StillWithoutAlpha(SKBitmap picture) =>
        Riff([.. Header(flags: 0, picture.Width, picture.Height), .. Coded(picture)]);

    /// <summary>An animation whose first frame is a picture at an even place of a square canvas.</summary>
    public static byte[] Animation(int side, SKBitmap frame, int left, int top, bool hasAlpha)
    {
        byte[] coded = Coded(frame);
        return Riff(
        [
            .. Header(Animated | (hasAlpha ? HasAlpha : 0), side, side),
            .. "ANIM"u8, 6, 0, 0, 0, 255, 255, 255, 255, 0, 0,
            .. "ANMF"u8, .. UInt24(16 + coded.Length), 0, .. UInt24(left / 2), .. UInt24(top / 2),
            .. UInt24(frame.Width - 1), .. UInt24(frame.Height - 1), 100, 0, 0, 0, .. coded,
        ]);
    }

    private static byte[] Coded(SKBitmap picture)
    {
        byte[] file = Of(picture);
        return file[file.AsSpan().IndexOf("VP8L"u8)..];
    }

    private static byte[] Header(int flags, int width, int height) =>
        [.. "VP8X"u8, 10, 0, 0, 0, (byte)flags, 0, 0, 0, .. UInt24(width - 1), .. UInt24(height - 1)];

    private static byte[] Riff(byte[] chunks) => [.. "RIFF"u8, .. UInt24(4 + chunks.Length), 0, .. "WEBP"u8, .. chunks];

    private static byte[] UInt24(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16)];
}
