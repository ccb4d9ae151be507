using PaletteEtl.Palettes;
using SkiaSharp;

namespace PaletteEtl.Covers;

/// <summary>Decodes a cover with the codec of its format.</summary>
/// <param name="options">The options of the stage.</param>
/// <param name="needs">The needs of the quantizer.</param>
/// <param name="formats">The formats, in the order in which they are matched.</param>
/// <param name="clock">The clock of the deadline.</param>
internal sealed class CoverDecoder(DecodeOptions options, Needs needs, CoverFormat[] formats, TimeProvider clock) : ICoverDecoder
{
    private readonly Sampling _sampling = Sampling.Of(options, needs);
    private readonly Func<OpenedCover, DecodedCover> _sample = Sampler(Sampling.Of(options, needs), needs);

    public ValueTask<DecodedCover> DecodeAsync(Item<Cover> item, Reservation memory, CancellationToken cancellationToken) =>
        DecodeAsync(item.Value!, memory, cancellationToken);

    /// <summary>Likewise the cover of no movie.</summary>
    public ValueTask<DecodedCover> DecodeAsync(Cover cover, Reservation memory, CancellationToken cancellationToken) =>
        DecodeAsync(cover, memory, _sample, cancellationToken);

    /// <summary>The cover as a picture that fits into a box, under the same limits as its histogram.</summary>
    public ValueTask<SKBitmap> ShrinkAsync(
        Cover cover, Reservation reservation, SKSizeI box, CancellationToken cancellationToken) =>
        DecodeAsync(cover, reservation, opened => opened.Shrink(box), cancellationToken);

    /// <summary>The histogram of a single picture, under no other budget than that of the options.</summary>
    public DecodedCover Decode(Cover cover)
    {
        using (cover)
        using (OpenedCover opened = Open(cover, options.MemoryBudgetBytes, options.MemoryBudgetBytes, NewDeadline(CancellationToken.None)))
        {
            return _sample(opened);
        }
    }

    private async ValueTask<T> DecodeAsync<T>(
        Cover cover, Reservation reservation, Func<OpenedCover, T> decode, CancellationToken cancellationToken)
    {
        Deadline deadline = NewDeadline(cancellationToken);
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

    private Deadline NewDeadline(CancellationToken cancellationToken) => new(options.Timeout, clock, cancellationToken);

    /// <param name="cover">The cover.</param>
    /// <param name="memory">Bytes that may be taken at all.</param>
    /// <param name="free">Bytes that can be taken without waiting.</param>
    /// <param name="deadline">When the cover has taken too long.</param>
    private OpenedCover Open(Cover cover, long memory, long free, Deadline deadline)
    {
        CoverFormat format = CoverFormat.Find(formats, cover.Data.GetSpan()) ?? throw Unknown(cover);
        OpenedCover opened = format.Open(cover, new DecodeContext(options, _sampling, memory, free, deadline));
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

    private static CoverException Unknown(Cover cover) => cover.Data.Length == 0
        ? new(FailureReason.Empty, "The cover has no bytes.")
        : new(FailureReason.UnsupportedFormat, "The format of the cover is unknown.");

    /// <summary>Makes histograms of opened covers. The delegate is created once, because one per cover would be an allocation.</summary>
    private static Func<OpenedCover, DecodedCover> Sampler(Sampling sampling, Needs needs) => cover =>
    {
        using RasterBuilder? raster = needs.Raster ? new RasterBuilder() : null;
        using CellPicture? cells = needs.Sums ? CellPicture.Rent() : null;
        var histogram = new ColorHistogram(needs.Counts, needs.Sums);
        try
        {
            var pixels = new PixelCounter(histogram, cells, raster);
            CoverDecoding decoding = cover.Sample(sampling, pixels);
            pixels.Complete(sampling.TrimFrame, cover.Profile);
            return new DecodedCover(histogram, cover.Damage) { Decoding = decoding, Raster = raster?.Build(cover.Profile) };
        }
        catch
        {
            histogram.Dispose();
            throw;
        }
    };
}
