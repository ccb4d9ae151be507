using PaletteEtl.Covers.Formats.Jpeg;
using PaletteEtl.Palettes;
using SkiaSharp;

namespace PaletteEtl.Covers.Formats;

/// <summary>A JPEG for a faster decoder than Skia's. What that is not certain of is left to Skia, which has its own reasons to
/// refuse it, and so are pictures to look at.</summary>
/// <param name="cover">The cover, the caller's to dispose.</param>
/// <param name="format">Its format.</param>
/// <param name="options">The options of the stage.</param>
/// <param name="deadline">When the cover has taken too long.</param>
/// <param name="header">The cover's header.</param>
/// <param name="needed">Bytes that the faster decoder and Skia after it will take at most.</param>
internal abstract class FastJpegCover(
    Cover cover, JpegFormat format, DecodeOptions options, Deadline deadline, JpegHeader header, long needed)
    : OpenedCover(cover, header.Width, header.Height, needed)
{
    protected sealed override CoverFormat Format => format;

    protected Deadline Deadline => deadline;

    /// <summary>Whether damaged covers are refused.</summary>
    protected bool IsStrict => options.Strict;

    public sealed override void Sample(Sampling sampling, ColorHistogram histogram)
    {
        deadline.ThrowIfPassed();
        if (TrySample(sampling, histogram, out string? damage))
        {
            return;
        }

        if (damage is not null)
        {
            NoteDamage(damage, IsStrict);
        }

        using SkiaCover other = OpenWithSkia(isChecked: damage is null);
        other.Sample(sampling, histogram);
        Damage ??= other.Damage;
    }

    public sealed override SKBitmap Shrink(SKSizeI box)
    {
        using SkiaCover other = OpenWithSkia(isChecked: false);
        return other.Shrink(box);
    }

    public sealed override void Dispose()
    {
    }

    /// <summary>As <see cref="Sample"/>; false, with nothing counted, when there is anything to report about the cover.</summary>
    /// <param name="sampling">Which pixels are counted.</param>
    /// <param name="histogram">Where they are counted.</param>
    /// <param name="damage">The damage and what found it; null when the cover is not damaged, or of a kind that is not decoded here.</param>
    protected abstract bool TrySample(Sampling sampling, ColorHistogram histogram, out string? damage);

    private SkiaCover OpenWithSkia(bool isChecked) => SkiaCover.Open(Cover, format, options, deadline, isChecked);
}
