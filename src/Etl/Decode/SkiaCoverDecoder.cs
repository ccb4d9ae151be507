using System.Runtime.InteropServices;
using Etl.Fetch;
using Etl.Pipeline;
using SkiaSharp;

namespace Etl.Decode;

/// <summary>Decodes JPEG, PNG, WebP, GIF (the first frame) and BMP with Skia's codecs, without turning the picture by
/// its EXIF tag or converting its colours, as the reference does.</summary>
internal sealed class SkiaCoverDecoder : OpenedCover
{
    private const int PixelBytes = 4;
    private const int RowsAtOnce = 16;

    private readonly Cover _cover;
    private readonly CoverFormat _format;
    private readonly SKData _data;
    private readonly SKCodec _codec;

    private SkiaCoverDecoder(Cover cover, CoverFormat format, SKData data, SKCodec codec)
        : base(codec.Info.Width, codec.Info.Height, BytesFor(cover.Data.GetSpan(), format, codec.Info))
    {
        _cover = cover;
        _format = format;
        _data = data;
        _codec = codec;
    }

    public static SkiaCoverDecoder Open(Cover cover, CoverFormat format)
    {
        SKData data = SKData.Create(cover.Data.Address, cover.Data.Length);
        if (SKCodec.Create(data) is { } codec)
        {
            return new SkiaCoverDecoder(cover, format, data, codec);
        }

        data.Dispose();
        throw Undecodable(cover, format, "its header could not be read");
    }

    public override void Sample(int step, ColorHistogram histogram)
    {
        // Without a colour space Skia leaves the values as they are stored.
        var info = new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        if (_codec.StartScanlineDecode(info) == SKCodecResult.Success)
        {
            SampleRows(info, step, histogram);
        }
        else
        {
            SampleWhole(info, step, histogram);
        }
    }

    public override void Dispose()
    {
        _codec.Dispose();
        _data.Dispose();
    }

    /// <summary>Bytes the pixels and the codec take: what is held for the whole picture.</summary>
    private static long BytesFor(ReadOnlySpan<byte> data, CoverFormat format, SKImageInfo info)
    {
        long pixels = (long)info.Width * info.Height;
        return format switch
        {
            CoverFormat.Jpeg => JpegHeader.Read(data).CoefficientBytes + ((long)info.Width * RowsAtOnce * 2 * PixelBytes),
            CoverFormat.WebP => pixels * 2 * PixelBytes, // the picture in YUV or ARGB, and the pixels
            CoverFormat.Gif => pixels * (PixelBytes + 1), // indexes, and the pixels
            CoverFormat.Png => pixels * (PixelBytes + InterlaceBytes(data)),
            _ => pixels * PixelBytes,
        };
    }

    /// <summary>An interlaced PNG is held whole a second time, at up to 8 bytes a pixel.</summary>
    private static int InterlaceBytes(ReadOnlySpan<byte> png)
    {
        const int BitDepth = 24, Interlace = 28;
        return png.Length <= Interlace || png[Interlace] == 0 ? 0
            : png[BitDepth] == 16 ? 8
            : PixelBytes;
    }

    private void SampleRows(SKImageInfo info, int step, ColorHistogram histogram)
    {
        using var rows = new NativeBuffer(checked(info.RowBytes * RowsAtOnce));
        int next = 0;
        for (int done = 0; done < info.Height; done += RowsAtOnce)
        {
            int wanted = Math.Min(RowsAtOnce, info.Height - done);
            int decoded = _codec.GetScanlines(rows.Address, wanted, info.RowBytes);
            if (decoded < wanted)
            {
                throw Undecodable(_cover, _format, $"{done + decoded} of its {info.Height} rows could be read");
            }

            next = PixelSampler.Sample(Pixels(rows)[..(wanted * info.Width)], next, step, histogram);
        }
    }

    private void SampleWhole(SKImageInfo info, int step, ColorHistogram histogram)
    {
        using var pixels = new NativeBuffer(checked(info.RowBytes * info.Height));
        SKCodecResult result = _codec.GetPixels(info, pixels.Address);
        if (result != SKCodecResult.Success)
        {
            throw Undecodable(_cover, _format, $"its pixels could not be read ({result})");
        }

        PixelSampler.Sample(Pixels(pixels), 0, step, histogram);
    }

    private static ReadOnlySpan<uint> Pixels(NativeBuffer buffer) => MemoryMarshal.Cast<byte, uint>(buffer.GetSpan());
}
