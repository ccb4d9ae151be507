using PaletteEtl.Covers.Formats.Jpeg;
using PaletteEtl.Palettes;
using SkiaSharp;

namespace PaletteEtl.Covers.Formats;

/// <summary>A JPEG for a faster decoder than Skia's. Skia decodes covers that this decoder reports anything about, so that
/// refusals have Skia's reasons, and pictures for display.</summary>
/// <param name="cover">The cover, the caller's to dispose.</param>
/// <param name="format">Its format.</param>
/// <param name="options">The options of the stage.</param>
/// <param name="deadline">The deadline of the cover.</param>
/// <param name="header">The cover's header.</param>
/// <param name="profile">The cover's colour profile, which is no table; null if colours are not converted.</param>
/// <param name="needed">Maximum number of bytes that the faster decoder, and Skia after it, take.</param>
internal abstract class FastJpegCover(
    Cover cover, JpegFormat format, DecodeOptions options, Deadline deadline, JpegHeader header, IccProfile? profile, long needed)
    : OpenedCover(cover, header.Width, header.Height, needed)
{
    private ColorProfile? _converting;

    public sealed override ColorProfile? Profile => _converting;

    protected sealed override CoverFormat Format => format;

    protected Deadline Deadline => deadline;

    /// <summary>Whether damaged covers are refused.</summary>
    protected bool IsStrict => options.Strict;

    public sealed override CoverDecoding Sample(Sampling sampling, PixelCounter pixels)
    {
        deadline.ThrowIfPassed();
        if (TrySample(sampling, pixels, out string? damage) is { } decoding)
        {
            _converting = profile?.Matrix; // Skia converts the colours itself
            return decoding;
        }

        if (damage is not null)
        {
            NoteDamage(damage, IsStrict);
        }

        using SkiaCover other = OpenWithSkia(isChecked: damage is null);
        CoverDecoding bySkia = other.Sample(sampling, pixels);
        Damage ??= other.Damage;
        return bySkia;
    }

    public sealed override SKBitmap Shrink(SKSizeI box)
    {
        using SkiaCover other = OpenWithSkia(isChecked: false);
        return other.Shrink(box);
    }

    public sealed override void Dispose()
    {
    }

    /// <summary>Like <see cref="Sample"/>, but returns null and counts nothing when there is anything to report about the cover.</summary>
    /// <param name="sampling">Which pixels are counted.</param>
    /// <param name="pixels">Where they are counted.</param>
    /// <param name="damage">The damage and what found it; null when the cover is not damaged, or of a kind that is not decoded here.</param>
    protected abstract CoverDecoding? TrySample(Sampling sampling, PixelCounter pixels, out string? damage);

    /// <summary>The profile from which colours are converted; null if they are not.</summary>
    protected static IccProfile? ProfileOf(Cover cover, in DecodeContext context) =>
        context.Sampling.IsManaged ? IccProfile.Of(JpegIccProfile.Find(cover.Data.GetSpan())) : null;

    private SkiaCover OpenWithSkia(bool isChecked) => SkiaCover.Open(Cover, format, options, deadline, isChecked);
}
