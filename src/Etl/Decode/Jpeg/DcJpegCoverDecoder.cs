using Etl.Fetch;
using SkiaSharp;

namespace Etl.Decode.Jpeg;

/// <summary>Decodes JPEG at an eighth of its size from the DC coefficients alone. What the reader is not certain of is left to
/// Skia, which has its own reasons to refuse it.</summary>
internal sealed class DcJpegCoverDecoder : OpenedCover
{
    /// <summary>Pixels of a picture of which an eighth is enough. Smaller ones lose more than a palette should.</summary>
    private const int MinPixels = 150_000;

    private readonly Cover _cover;
    private readonly DecodeOptions _options;
    private readonly Deadline _deadline;

    private DcJpegCoverDecoder(Cover cover, DecodeOptions options, Deadline deadline, JpegHeader header)
        : base(header.Width, header.Height, BytesFor(cover, header))
    {
        _cover = cover;
        _options = options;
        _deadline = deadline;
    }

    /// <summary>The cover, unless it is a codec's: its header alone decides.</summary>
    public static DcJpegCoverDecoder? TryOpen(Cover cover, DecodeOptions options, Sampling sampling, long memory, Deadline deadline)
    {
        if (!options.DcReader || !sampling.IsScaled)
        {
            return null;
        }

        ReadOnlySpan<byte> data = cover.Data.GetSpan();
        var header = JpegHeader.Read(data);
        return IsLargeEnough(header)
            && !(options.Strict && header.Frame == JpegMarker.ProgressiveFrame)
            && BytesFor(cover, header) <= memory
            && CoverSignature.HasEnd(data, CoverFormat.Jpeg)
            ? new DcJpegCoverDecoder(cover, options, deadline, header)
            : null;
    }

    public static bool IsLargeEnough(JpegHeader header) => (long)header.Width * header.Height >= MinPixels;

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

    /// <summary>As much as Skia takes, which may come after; the file once more; and coefficients with their samples.</summary>
    private static long BytesFor(Cover cover, JpegHeader header) => SkiaCoverDecoder.JpegBytes(header) + cover.Data.Length
        + ((long)header.Width * header.Height / 4);

    private bool TrySample(Sampling sampling, ColorHistogram histogram)
    {
        DcJpegReader reader = DcJpegReaders.Rent();
        try
        {
            bool isRead = reader.TryRead(_cover.Data.GetSpan());
            _deadline.ThrowIfPassed();
            if (isRead)
            {
                Sample(reader.Picture, sampling, histogram);
            }

            return isRead;
        }
        finally
        {
            DcJpegReaders.Return(reader);
        }
    }

    private static void Sample(DcPicture picture, Sampling sampling, ColorHistogram histogram)
    {
        int step = sampling.StepOver(picture.Width, picture.Height);
        int first = 0;
        for (int row = 0; row < picture.Height; row++)
        {
            first = PixelSampler.Sample(picture.Row(row), first, step, histogram);
        }
    }

    private SkiaCoverDecoder OpenWithSkia() => SkiaCoverDecoder.Open(_cover, CoverFormat.Jpeg, _options, _deadline);
}
