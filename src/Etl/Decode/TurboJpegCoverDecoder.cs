using System.Runtime.InteropServices;
using Etl.Fetch;
using Etl.Pipeline;
using SkiaSharp;

namespace Etl.Decode;

/// <summary>Decodes JPEG with the system's libturbojpeg, which gives the pixels that Skia's own libjpeg-turbo does and takes half
/// the time. What may differ, or take long or much memory, is left to Skia.</summary>
internal sealed class TurboJpegCoverDecoder : OpenedCover
{
    private const int PixelBytes = 4;

    /// <summary>Of the pixels of one picture: 2,000 x 3,000 and a little more.</summary>
    private const long MostPixelBytes = 24 << 20;

    /// <summary>The decoder cannot be stopped, and every scan goes over the whole picture. Common are up to 12.</summary>
    private const int MostScans = 24;

    private readonly Cover _cover;
    private readonly DecodeOptions _options;
    private readonly Deadline _deadline;

    private TurboJpegCoverDecoder(Cover cover, DecodeOptions options, Deadline deadline, JpegHeader header)
        : base(header.Width, header.Height, BytesFor(header))
    {
        _cover = cover;
        _options = options;
        _deadline = deadline;
    }

    /// <summary>The cover, unless it is Skia's: those decoded at a scale are, where a faster transform gains little.</summary>
    public static TurboJpegCoverDecoder? TryOpen(
        Cover cover, DecodeOptions options, Sampling sampling, long memory, Deadline deadline)
    {
        if (options.TurboJpeg == TurboJpegUse.Never || !LibTurboJpeg.IsPresent)
        {
            return null;
        }

        ReadOnlySpan<byte> data = cover.Data.GetSpan();
        var header = JpegHeader.Read(data);
        return IsUsual(header) && sampling.Scale(header.Width, header.Height) == 1
            && IsSmall(header, options, memory) && HasFewWholeScans(data, header)
            ? new TurboJpegCoverDecoder(cover, options, deadline, header)
            : null;
    }

    public override void Sample(Sampling sampling, ColorHistogram histogram)
    {
        _deadline.ThrowIfPassed();
        if (!TrySample(sampling, histogram))
        {
            using SkiaCoverDecoder other = OpenWithSkia();
            other.Sample(sampling, histogram);
        }
    }

    public override SKBitmap Shrink(SKSizeI box)
    {
        using SkiaCoverDecoder other = OpenWithSkia();
        return other.Shrink(box);
    }

    public override void Dispose()
    {
    }

    /// <summary>Huffman codes, 8 bits a sample, and one component or three.</summary>
    private static bool IsUsual(JpegHeader header) =>
        header is { Frame: 0xC0 or 0xC1 or 0xC2, Precision: 8, Components: 1 or 3, Width: > 0, Height: > 0 };

    /// <summary>Small enough that all workers can hold one at once, so that none waits for memory that Skia would not need.</summary>
    private static bool IsSmall(JpegHeader header, DecodeOptions options, long memory)
    {
        long pixels = (long)header.Width * header.Height;
        return pixels <= options.MaxPixels && pixels * PixelBytes <= MostPixelBytes && BytesFor(header) <= memory / options.Workers;
    }

    /// <summary>Of a progressive picture that lacks scans, decoders guess the rest, each version in its own way.</summary>
    private static bool HasFewWholeScans(ReadOnlySpan<byte> data, JpegHeader header) =>
        header.CoefficientBytes == 0 || JpegScans.Read(data, header) is { Count: <= MostScans, AreComplete: true };

    /// <summary>As much as Skia takes at most, which may come after.</summary>
    private static long BytesFor(JpegHeader header) =>
        SkiaCoverDecoder.JpegBytes(header) + ((long)header.Width * header.Height * PixelBytes);

    private bool TrySample(Sampling sampling, ColorHistogram histogram)
    {
        int bytes = Width * Height * PixelBytes;
        NativeBuffer pixels = PixelBuffers.Rent(bytes);
        try
        {
            if (!LibTurboJpeg.TryDecode(_cover.Data, Width, Height, pixels))
            {
                return false;
            }

            _deadline.ThrowIfPassed();
            int step = sampling.StepOver(Width, Height);
            PixelSampler.Sample(MemoryMarshal.Cast<byte, uint>(pixels.GetSpan()[..bytes]), 0, step, histogram);
            return true;
        }
        finally
        {
            PixelBuffers.Return(pixels);
        }
    }

    private SkiaCoverDecoder OpenWithSkia() => SkiaCoverDecoder.Open(_cover, CoverFormat.Jpeg, _options, _deadline);
}
