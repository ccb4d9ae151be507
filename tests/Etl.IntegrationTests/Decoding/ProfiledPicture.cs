using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SkiaSharp;

namespace Etl.IntegrationTests.Decoding;

/// <summary>Six bands of colours, which a colour profile gives their meaning.</summary>
internal static class ProfiledPicture
{
    private static readonly SKColor[] Bands =
        [new(200, 60, 50), new(60, 180, 70), new(50, 70, 200), new(210, 190, 60), new(120, 120, 120), new(40, 30, 60)];

    public static SKColorSpace Srgb { get; } = SKColorSpace.CreateSrgb();

    /// <summary>The picture in a colour space, encoded with its profile; without one if the space is null.</summary>
    public static byte[] Encoded(SKEncodedImageFormat format, int width, int height, SKColorSpace? space)
    {
        using SKBitmap bitmap = Drawn(width, height, space);
        return Encoded(bitmap, format);
    }

    /// <summary>The picture in a colour space, converted to sRGB and encoded without a loss.</summary>
    public static byte[] Converted(int width, int height, SKColorSpace space)
    {
        using SKBitmap bitmap = Drawn(width, height, space);
        using var converted = new SKBitmap(bitmap.Info.WithColorSpace(Srgb));
        Assert.True(bitmap.PeekPixels().ReadPixels(converted.Info, converted.GetPixels(), converted.RowBytes));
        return Encoded(converted, SKEncodedImageFormat.Png);
    }

    /// <summary>A JPEG with an ICC profile in front, in segments of at most some bytes.</summary>
    public static byte[] WithProfile(byte[] jpeg, byte[] profile, int segmentBytes = 60_000)
    {
        byte[][] parts = [.. profile.Chunk(segmentBytes)];
        IEnumerable<byte> segments = parts.SelectMany((part, number) => Segment(part, number + 1, parts.Length));
        return [.. jpeg[..2], .. segments, .. jpeg[2..]];
    }

    /// <summary>A profile of CMYK by which all inks give the same colour, as CIELAB of 16 bits has it (ICC.1:2001-04, lut16Type).</summary>
    public static byte[] OfOneColor(ushort l, ushort a, ushort b)
    {
        const int Corners = 16, Identity = 65_536, Header = 128, Tags = 16;
        byte[] table =
        [
            .. "mft2\0\0\0\0"u8, 4, 3, 2, 0, .. Numbers(Identity, 0, 0, 0, Identity, 0, 0, 0, Identity), .. Shorts(2, 2),
            .. Enumerable.Repeat(Shorts(0, ushort.MaxValue), 4).SelectMany(static entry => entry),
            .. Enumerable.Repeat(Shorts(l, a, b), Corners).SelectMany(static entry => entry),
            .. Enumerable.Repeat(Shorts(0, ushort.MaxValue), 3).SelectMany(static entry => entry),
        ];
        byte[] profile =
        [
            .. Numbers(Header + Tags + table.Length), .. "test"u8, 2, 64, 0, 0, .. "prtrCMYKLab "u8, .. new byte[12], .. "acsp"u8, .. new byte[28],
            .. Numbers(63_190, 65_536, 54_061), .. new byte[48], .. Numbers(1), .. "A2B0"u8, .. Numbers(Header + Tags, table.Length), .. table,
        ];
        return profile;
    }

    private static SKBitmap Drawn(int width, int height, SKColorSpace? space)
    {
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque, space));
        Span<uint> pixels = MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan());
        for (int i = 0; i < pixels.Length; i++)
        {
            SKColor band = Bands[i / width * Bands.Length / height];
            pixels[i] = 0xFF_00_00_00 | ((uint)band.Blue << 16) | ((uint)band.Green << 8) | band.Red;
        }

        return bitmap;
    }

    private static byte[] Encoded(SKBitmap bitmap, SKEncodedImageFormat format)
    {
        using SKData data = bitmap.Encode(format, quality: 95);
        return data.ToArray();
    }

    private static byte[] Segment(byte[] part, int number, int count) =>
        [0xFF, 0xE2, .. Shorts((ushort)(part.Length + 16)), .. "ICC_PROFILE\0"u8, (byte)number, (byte)count, .. part];

    private static byte[] Shorts(params ushort[] values)
    {
        byte[] bytes = new byte[values.Length * sizeof(ushort)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(i * sizeof(ushort)), values[i]);
        }

        return bytes;
    }

    private static byte[] Numbers(params int[] values)
    {
        byte[] bytes = new byte[values.Length * sizeof(int)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(i * sizeof(int)), values[i]);
        }

        return bytes;
    }
}
