using System.Runtime.InteropServices;
using Etl.Fetch;
using Etl.Pipeline;
using SkiaSharp;

namespace Etl.Decode;

/// <summary>Decodes JPEG, PNG, WebP, GIF (the first frame) and BMP with Skia's codecs, without turning the picture by
/// its EXIF tag or converting its colours, as the reference does.</summary>
internal sealed class SkiaCoverDecoder(DecodeOptions options) : ICoverDecoder
{
    private const int PixelBytes = 4;
    private const int RowsAtOnce = 16;

    public async ValueTask<ColorHistogram> DecodeAsync(
        Cover cover, Reservation reservation, CancellationToken cancellationToken)
    {
        using (cover)
        using (reservation)
        using (OpenedCover opened = Open(cover, reservation.Limit))
        {
            await reservation.TakeAsync(opened.Needed, cancellationToken).ConfigureAwait(false);
            return Decode(opened);
        }
    }

    /// <summary>The histogram of a single picture, under no other budget than that of the options.</summary>
    public ColorHistogram Decode(Cover cover)
    {
        using (cover)
        using (OpenedCover opened = Open(cover, options.MemoryBudgetBytes))
        {
            return Decode(opened);
        }
    }

    private OpenedCover Open(Cover cover, long memory)
    {
        CoverFormat format = FormatOf(cover.Data.GetSpan());
        SKData data = SKData.Create(cover.Data.Address, cover.Data.Length);
        if (SKCodec.Create(data) is not { } codec)
        {
            data.Dispose();
            throw Undecodable(cover, format, "its header could not be read");
        }

        var opened = new OpenedCover(cover, format, data, codec, Needed(cover.Data.GetSpan(), format, codec.Info));
        if ((long)codec.Info.Width * codec.Info.Height <= options.MaxPixels && opened.Needed <= memory)
        {
            return opened;
        }

        using (opened)
        {
            throw new CoverException(
                FailureReason.TooManyPixels,
                $"The cover has {codec.Info.Width} x {codec.Info.Height} pixels and takes {opened.Needed >> 20} MiB to decode; "
                + $"{options.MaxPixels} pixels and {memory >> 20} MiB are allowed.");
        }
    }

    private static CoverFormat FormatOf(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
        {
            throw new CoverException(FailureReason.Empty, "The cover has no bytes.");
        }

        CoverFormat format = CoverSignature.Sniff(data);
        if (format is CoverFormat.Jpeg or CoverFormat.Png or CoverFormat.WebP or CoverFormat.Gif or CoverFormat.Bmp)
        {
            return format;
        }

        string what = format == CoverFormat.Unknown ? "of no known image format" : Name(format);
        throw new CoverException(FailureReason.UnsupportedFormat, $"The cover is {what}, which is not decoded.");
    }

    private static string Name(CoverFormat format) => format == CoverFormat.WebP ? "WebP" : format.ToString().ToUpperInvariant();

    /// <summary>Bytes the pixels and the codec take: what is held for the whole picture.</summary>
    private static long Needed(ReadOnlySpan<byte> data, CoverFormat format, SKImageInfo info)
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

    private ColorHistogram Decode(OpenedCover cover)
    {
        // Without a colour space Skia leaves the values as they are stored.
        var info = new SKImageInfo(cover.Codec.Info.Width, cover.Codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        var histogram = new ColorHistogram();
        try
        {
            if (cover.Codec.StartScanlineDecode(info) == SKCodecResult.Success)
            {
                DecodeRows(cover, info, histogram);
            }
            else
            {
                DecodeWhole(cover, info, histogram);
            }

            return histogram;
        }
        catch
        {
            histogram.Dispose();
            throw;
        }
    }

    private void DecodeRows(OpenedCover cover, SKImageInfo info, ColorHistogram histogram)
    {
        using var rows = new NativeBuffer(checked(info.RowBytes * RowsAtOnce));
        int next = 0;
        for (int done = 0; done < info.Height; done += RowsAtOnce)
        {
            int wanted = Math.Min(RowsAtOnce, info.Height - done);
            int decoded = cover.Codec.GetScanlines(rows.Address, wanted, info.RowBytes);
            if (decoded < wanted)
            {
                throw Undecodable(cover.Cover, cover.Format, $"{done + decoded} of its {info.Height} rows could be read");
            }

            next = PixelSampler.Sample(Pixels(rows)[..(wanted * info.Width)], next, options.SampleStep, histogram);
        }
    }

    private void DecodeWhole(OpenedCover cover, SKImageInfo info, ColorHistogram histogram)
    {
        using var pixels = new NativeBuffer(checked(info.RowBytes * info.Height));
        SKCodecResult result = cover.Codec.GetPixels(info, pixels.Address);
        if (result != SKCodecResult.Success)
        {
            throw Undecodable(cover.Cover, cover.Format, $"its pixels could not be read ({result})");
        }

        PixelSampler.Sample(Pixels(pixels), 0, options.SampleStep, histogram);
    }

    private static ReadOnlySpan<uint> Pixels(NativeBuffer buffer) => MemoryMarshal.Cast<byte, uint>(buffer.GetSpan());

    private static CoverException Undecodable(Cover cover, CoverFormat format, string what) =>
        CoverSignature.HasEnd(cover.Data.GetSpan(), format)
            ? new(FailureReason.Corrupt, $"The cover is a damaged {Name(format)}: {what}.")
            : new(FailureReason.Truncated, $"The cover is a {Name(format)} that ends too early: {what}.");

    /// <summary>A cover whose header has been read.</summary>
    private sealed record OpenedCover(Cover Cover, CoverFormat Format, SKData Data, SKCodec Codec, long Needed) : IDisposable
    {
        public void Dispose()
        {
            Codec.Dispose();
            Data.Dispose();
        }
    }
}
