using System.Runtime.InteropServices;
using PaletteEtl.Covers.Formats.Jpeg;
using SkiaSharp;

namespace Etl.IntegrationTests.Jpeg;

/// <summary>JPEG at an eighth of its size, from the DC coefficients and from Skia.</summary>
internal static class DcJpegs
{
    private const float Eighth = 0.125f;
    private const int UnusedTable = 3;
    private const int FrameBytes = 10;

    /// <summary>The pixels a reader gives at an eighth, or with a scale of 2 at a quarter; null when it declines.</summary>
    public static uint[]? Read(DcJpegReader reader, byte[] jpeg, int scale = 1)
    {
        if (!reader.TryRead(jpeg, scale))
        {
            return null;
        }

        DcPicture picture = reader.Picture;
        return [.. Enumerable.Range(0, picture.Height).SelectMany(row => picture.Row(row).ToArray())];
    }

    /// <summary>The pixels Skia gives; null when it refuses the file.</summary>
    public static uint[]? Decode(byte[] jpeg, float scale = Eighth)
    {
        using var data = SKData.CreateCopy(jpeg);
        using var codec = SKCodec.Create(data);
        if (codec is null)
        {
            return null;
        }

        SKSizeI size = codec.GetScaledDimensions(scale);
        using var bitmap = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        SKCodecResult result = codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        return result == SKCodecResult.Success ? MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan()).ToArray() : null;
    }

    /// <summary>Whether libjpeg uses more than DC coefficients, because a component has at most half of the rows and of the columns.</summary>
    public static bool IsApproximate(byte[] jpeg)
    {
        ReadOnlySpan<byte> frame = jpeg.AsSpan(FrameAt(jpeg));
        (int horizontal, int vertical) = (frame[FrameBytes + 1] >> 4, frame[FrameBytes + 1] & 15);
        for (int i = 1; i < frame[FrameBytes - 1]; i++)
        {
            int sampling = frame[FrameBytes + 1 + (3 * i)];
            if (horizontal >= 2 * (sampling >> 4) && vertical >= 2 * (sampling & 15))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The same JPEG with a quantization table of zeros for all components but luma, which alone is left of it.</summary>
    public static byte[] WithoutChroma(byte[] jpeg)
    {
        byte[] grey = [.. jpeg[..2], 0xFF, 0xDB, 0, 67, UnusedTable, .. new byte[64], .. jpeg[2..]];
        int frame = FrameAt(grey);
        for (int i = 1; i < grey[frame + FrameBytes - 1]; i++)
        {
            grey[frame + FrameBytes + 2 + (3 * i)] = UnusedTable;
        }

        return grey;
    }

    /// <summary>Where the frame's marker is. Thumbnails have frames of their own, in segments before it.</summary>
    private static int FrameAt(byte[] jpeg)
    {
        var markers = new JpegMarkers(jpeg.AsSpan(2));
        while (markers.TryNext() && markers.Marker is < JpegMarker.BaselineFrame or > JpegMarker.ProgressiveFrame)
        {
        }

        return jpeg.Length - markers.Rest.Length - markers.Segment.Length - 4;
    }
}
