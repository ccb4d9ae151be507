using PaletteEtl.Covers.Formats.Jpeg;
using PaletteEtl.Palettes;

namespace PaletteEtl.Covers.Formats;

/// <summary>Decodes JPEG with the system's libturbojpeg, which gives the pixels that Skia's own libjpeg-turbo does and takes half
/// the time. What may differ, or take long or much memory, is left to Skia.</summary>
internal sealed class TurboJpegCover : FastJpegCover
{
    /// <summary>The decoder cannot be stopped, and every scan goes over the whole picture. Common are up to 12.</summary>
    private const int MostScans = 24;

    private TurboJpegCover(Cover cover, JpegFormat format, in DecodeContext context, JpegHeader header)
        : base(cover, format, context.Options, context.Deadline, header, BytesFor(header))
    {
    }

    /// <summary>The cover, unless it is Skia's: those decoded at a scale are, where a faster transform gains little, and those for
    /// which so many bytes are not free now, as Skia needs a few rows of them alone and so does not wait.</summary>
    public static OpenedCover? TryOpen(Cover cover, JpegFormat format, in DecodeContext context)
    {
        ReadOnlySpan<byte> data = cover.Data.GetSpan();
        var header = JpegHeader.Read(data);
        return IsFor(header, context) && IsUsual(header)
            && (long)header.Width * header.Height <= context.Options.MaxPixels && BytesFor(header) <= Math.Min(context.Free, int.MaxValue)
            && HasFewWholeScans(data, header)
            ? new TurboJpegCover(cover, format, context, header)
            : null;
    }

    /// <summary>Whether a cover is left to Skia because of what it is, and not of how it is wanted or what memory is free.</summary>
    public static bool IsOdd(Cover cover, in DecodeContext context)
    {
        ReadOnlySpan<byte> data = cover.Data.GetSpan();
        var header = JpegHeader.Read(data);
        return IsFor(header, context) && !(IsUsual(header) && HasFewWholeScans(data, header));
    }

    protected override bool TrySample(Sampling sampling, ColorHistogram histogram, out string? damage)
    {
        // Whether a cover counts as damaged is not to depend on the library, which passes over some damage.
        damage = IsStrict ? DcJpegReaders.FindDamage(Cover.Data.GetSpan()) : null;
        if (damage is not null)
        {
            return false;
        }

        using PixelBuffer pixels = PixelBuffer.Rent(Width, Height);
        bool isDecoded = LibTurboJpeg.TryDecode(Cover.Data, Width, Height, pixels, out string? warning);
        damage = warning is null ? null : $"libturbojpeg reports \"{warning}\"";
        if (!isDecoded)
        {
            return false;
        }

        Deadline.ThrowIfPassed();
        PixelSampler.Sample(pixels.Pixels, 0, sampling.StepOver(Width, Height), histogram);
        return true;
    }

    private static bool IsFor(JpegHeader header, in DecodeContext context) =>
        context.Options.TurboJpeg != TurboJpegUse.Never && LibTurboJpeg.IsPresent && context.Sampling.Scale(header.Width, header.Height) == 1;

    /// <summary>Huffman codes, 8 bits a sample, and one component or three.</summary>
    private static bool IsUsual(JpegHeader header) =>
        header is { Frame: 0xC0 or 0xC1 or 0xC2, Precision: 8, Components: 1 or 3, Width: > 0, Height: > 0 };

    /// <summary>Of a progressive picture that lacks scans, decoders guess the rest, each version in its own way.</summary>
    private static bool HasFewWholeScans(ReadOnlySpan<byte> data, JpegHeader header) =>
        header.CoefficientBytes == 0 || JpegScans.Read(data, header) is { Count: <= MostScans, AreComplete: true };

    /// <summary>As much as Skia takes at most, which may come after.</summary>
    private static long BytesFor(JpegHeader header) =>
        JpegFormat.BytesOfWhole(header) + ((long)header.Width * header.Height * PixelBuffer.PixelBytes);
}
