using Etl.Fetch;
using Etl.Pipeline;
using SkiaSharp;

namespace Etl.Decode;

/// <summary>A JPEG for a faster decoder than Skia's. What that is not certain of is left to Skia, which has its own reasons to
/// refuse it, and so are pictures to look at.</summary>
/// <param name="cover">The cover, the caller's to dispose.</param>
/// <param name="options">The options of the stage.</param>
/// <param name="deadline">When the cover has taken too long.</param>
/// <param name="header">The cover's header.</param>
/// <param name="needed">Bytes that the faster decoder and Skia after it will take at most.</param>
internal abstract class FastJpegCover(Cover cover, DecodeOptions options, Deadline deadline, JpegHeader header, long needed)
    : OpenedCover(header.Width, header.Height, needed)
{
    public sealed override void Sample(Sampling sampling, ColorHistogram histogram)
    {
        deadline.ThrowIfPassed();
        if (!TrySample(cover.Data, deadline, sampling, histogram))
        {
            using SkiaCoverDecoder other = OpenWithSkia();
            other.Sample(sampling, histogram);
        }
    }

    public sealed override SKBitmap Shrink(SKSizeI box)
    {
        using SkiaCoverDecoder other = OpenWithSkia();
        return other.Shrink(box);
    }

    public sealed override void Dispose()
    {
    }

    /// <summary>As <see cref="Sample"/>; false, with nothing counted, when there is anything to report about the cover.</summary>
    protected abstract bool TrySample(NativeBuffer data, Deadline deadline, Sampling sampling, ColorHistogram histogram);

    private SkiaCoverDecoder OpenWithSkia() => SkiaCoverDecoder.Open(cover, CoverFormat.Jpeg, options, deadline);
}
