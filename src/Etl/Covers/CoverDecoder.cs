using PaletteEtl.Covers.Formats;
using PaletteEtl.Covers.Formats.Jpeg;
using PaletteEtl.Model;
using PaletteEtl.Palettes;
using SkiaSharp;

namespace PaletteEtl.Covers;

/// <summary>Decodes a cover with the codec of its format, which its content tells: AVIF with libvips, JPEG with
/// libturbojpeg where that can, all else with Skia.</summary>
/// <param name="options">The options of the stage.</param>
/// <param name="algorithm">What the histograms are for.</param>
/// <param name="clock">The clock of the deadline.</param>
internal sealed class CoverDecoder(
    DecodeOptions options, QuantizeAlgorithm algorithm = QuantizeAlgorithm.ColorThief, TimeProvider? clock = null) : ICoverDecoder
{
    private readonly Sampling _sampling = Sampling.Of(options, algorithm);
    private readonly Func<OpenedCover, ColorHistogram> _sample = Sampler(Sampling.Of(options, algorithm));

    public ValueTask<DecodedCover> DecodeAsync(Item<Cover> item, Reservation memory, CancellationToken cancellationToken) =>
        DecodeAsync(item.Value!, memory, cancellationToken);

    /// <summary>Likewise the cover of no movie.</summary>
    public async ValueTask<DecodedCover> DecodeAsync(Cover cover, Reservation memory, CancellationToken cancellationToken)
    {
        ColorHistogram histogram = await DecodeAsync(cover, memory, _sample, cancellationToken).ConfigureAwait(false);
        return new DecodedCover(histogram, histogram.Damage);
    }

    /// <summary>The cover as a picture that fits into a box, under the same limits as its histogram.</summary>
    public ValueTask<SKBitmap> ShrinkAsync(
        Cover cover, Reservation reservation, SKSizeI box, CancellationToken cancellationToken) =>
        DecodeAsync(cover, reservation, opened => opened.Shrink(box), cancellationToken);

    /// <summary>The histogram of a single picture, under no other budget than that of the options.</summary>
    public ColorHistogram Decode(Cover cover)
    {
        using (cover)
        using (OpenedCover opened = Open(cover, options.MemoryBudgetBytes, options.MemoryBudgetBytes, NewDeadline()))
        {
            return _sample(opened);
        }
    }

    private async ValueTask<T> DecodeAsync<T>(
        Cover cover, Reservation reservation, Func<OpenedCover, T> decode, CancellationToken cancellationToken)
    {
        Deadline deadline = NewDeadline();
        using (cover)
        using (reservation)
        using (OpenedCover opened = Open(cover, reservation.Limit, reservation.Free, deadline))
        {
            deadline.Pause();
            await reservation.TakeAsync(opened.Needed, cancellationToken).ConfigureAwait(false);
            deadline.Resume();
            return decode(opened);
        }
    }

    private Deadline NewDeadline() => new(options.Timeout, clock ?? TimeProvider.System);

    /// <param name="cover">The cover.</param>
    /// <param name="memory">Bytes that may be taken at all.</param>
    /// <param name="free">Bytes that can be taken without waiting.</param>
    /// <param name="deadline">When the cover has taken too long.</param>
    private OpenedCover Open(Cover cover, long memory, long free, Deadline deadline)
    {
        CoverFormat format = CoverSignature.Sniff(cover.Data.GetSpan());
        OpenedCover opened = format switch
        {
            CoverFormat.Jpeg when DcJpegCoverDecoder.TryOpen(cover, options, _sampling, memory, deadline) is { } dc => dc,
            CoverFormat.Jpeg when TurboJpegCoverDecoder.TryOpen(cover, options, _sampling, free, deadline) is { } turbo => turbo,
            CoverFormat.Jpeg or CoverFormat.Png or CoverFormat.WebP or CoverFormat.Gif or CoverFormat.Bmp =>
                SkiaCoverDecoder.Open(cover, format, options, deadline, IsChecked(cover, format)),
            CoverFormat.Avif => VipsCoverDecoder.Open(cover),
            _ => throw Unsupported(cover, format),
        };
        if ((long)opened.Width * opened.Height <= options.MaxPixels && opened.Needed <= memory)
        {
            return opened;
        }

        using (opened)
        {
            throw new CoverException(
                FailureReason.TooManyPixels,
                $"The cover has {opened.Width} x {opened.Height} pixels and takes {opened.Needed >> 20} MiB to decode; "
                + $"{options.MaxPixels} pixels and {memory >> 20} MiB are allowed.");
        }
    }

    /// <summary>Whether a JPEG that Skia decodes is checked for damage, which takes a tenth to a half of its time. Covers that libturbojpeg
    /// does not take because of their kind are checked always, because they are few.</summary>
    private bool IsChecked(Cover cover, CoverFormat format) =>
        format == CoverFormat.Jpeg && (options.Strict || TurboJpegCoverDecoder.IsOdd(cover, options, _sampling));

    private static CoverException Unsupported(Cover cover, CoverFormat format)
    {
        if (cover.Data.Length == 0)
        {
            return new(FailureReason.Empty, "The cover has no bytes.");
        }

        return new(
            FailureReason.UnsupportedFormat,
            format == CoverFormat.Unknown ? "The format of the cover is unknown." : $"The cover is {format.Name()}, which is not supported.");
    }

    /// <summary>How opened covers become histograms: made once, for it would be an object a cover.</summary>
    private static Func<OpenedCover, ColorHistogram> Sampler(Sampling sampling) => cover =>
    {
        var histogram = new ColorHistogram(sampling.HasSums);
        try
        {
            cover.Sample(sampling, histogram);
            histogram.Complete();
            return histogram;
        }
        catch
        {
            histogram.Dispose();
            throw;
        }
    };
}
