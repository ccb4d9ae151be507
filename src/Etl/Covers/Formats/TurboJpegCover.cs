using PaletteEtl.Covers.Formats.Jpeg;
using PaletteEtl.Palettes;
using SkiaSharp;

namespace PaletteEtl.Covers.Formats;

/// <summary>Decodes JPEG with the system's libturbojpeg, which gives the same pixels as Skia's own libjpeg-turbo in half the time.
/// Skia decodes covers whose pixels may differ, or that may take long or much memory.</summary>
internal sealed class TurboJpegCover : FastJpegCover
{
    /// <summary>The decoder cannot be stopped, and every scan covers the whole picture. Up to 12 scans are common.</summary>
    private const int MostScans = 24;

    /// <summary>Size up to which pictures may fill the memory budget, in bytes. Larger ones share a quarter of it, because they would
    /// double the peak of a run to save some hundredths of its CPU.</summary>
    private const long ModerateBytes = 8 << 20;

    private readonly SKSizeI _decoded;

    private TurboJpegCover(
        Cover cover, JpegFormat format, in DecodeContext context, JpegHeader header, IccProfile? profile, SKSizeI decoded)
        : base(cover, format, context.Options, context.Deadline, header, profile, BytesFor(header, decoded)) => _decoded = decoded;

    /// <summary>The cover; null when Skia decodes it. Skia decodes covers for which too few bytes are free now, because it needs only a
    /// few rows and so does not wait.</summary>
    public static OpenedCover? TryOpen(Cover cover, JpegFormat format, in DecodeContext context)
    {
        ReadOnlySpan<byte> data = cover.Data.GetSpan();
        var header = JpegHeader.Read(data);
        SKSizeI decoded = Scaled(header, context.Sampling);
        long needed = BytesFor(header, decoded);
        return IsFor(context) && IsUsual(header)
            && ProfileOf(cover, context) is var profile and not { IsTable: true }
            && (long)header.Width * header.Height <= context.Options.MaxPixels
            && needed <= Math.Min(FreeFor(needed, context), int.MaxValue)
            && HasFewWholeScans(data, header)
            ? new TurboJpegCover(cover, format, context, header, profile, decoded)
            : null;
    }

    /// <summary>Whether Skia decodes a cover because of its kind, not because of the free memory.</summary>
    public static bool IsOdd(Cover cover, in DecodeContext context)
    {
        ReadOnlySpan<byte> data = cover.Data.GetSpan();
        var header = JpegHeader.Read(data);
        return IsFor(context) && !(IsUsual(header) && HasFewWholeScans(data, header));
    }

    protected override CoverDecoding? TrySample(Sampling sampling, PixelCounter pixels, out string? damage)
    {
        // Whether a cover is damaged must not depend on the library, which ignores some damage.
        damage = IsStrict ? DcJpegReaders.FindDamage(Cover.Data.GetSpan()) : null;
        if (damage is not null)
        {
            return null;
        }

        using PixelBuffer buffer = PixelBuffer.Rent(_decoded.Width, _decoded.Height);
        bool isDecoded = LibTurboJpeg.TryDecode(Cover.Data, new SKSizeI(Width, Height), _decoded, buffer, out string? warning);
        damage = warning is null ? null : $"libturbojpeg reports \"{warning}\"";
        if (!isDecoded)
        {
            return null;
        }

        Deadline.ThrowIfPassed();
        Begin(pixels, sampling, DecoderNames.TurboJpeg, _decoded, out CoverDecoding decoding).Add(buffer.Pixels, row: 0);
        return decoding;
    }

    private static bool IsFor(in DecodeContext context) => context.Options.TurboJpeg != LibraryUse.Never && LibTurboJpeg.IsPresent;

    /// <summary>The size at a half, a quarter or an eighth, rounded up as by all versions of libjpeg.</summary>
    private static SKSizeI Scaled(JpegHeader header, Sampling sampling)
    {
        int denominator = sampling.ScaleDenominator(header.Width, header.Height);
        return new SKSizeI((header.Width + denominator - 1) / denominator, (header.Height + denominator - 1) / denominator);
    }

    /// <summary>Huffman codes, 8 bits a sample, and one component or three.</summary>
    private static bool IsUsual(JpegHeader header) =>
        header is { Frame: 0xC0 or 0xC1 or 0xC2, Precision: 8, Components: 1 or 3, Width: > 0, Height: > 0 };

    /// <summary>Whether the picture has few, complete scans: versions of the library guess the missing scans of a progressive one
    /// differently.</summary>
    private static bool HasFewWholeScans(ReadOnlySpan<byte> data, JpegHeader header) =>
        header.CoefficientBytes == 0 || JpegScans.Read(data, header) is { Count: <= MostScans, AreComplete: true };

    /// <summary>Bytes that a picture of a size can take without waiting.</summary>
    private static long FreeFor(long bytes, in DecodeContext context) =>
        bytes <= ModerateBytes ? context.Free : context.Free - (context.Memory - (context.Memory / 4));

    /// <summary>Maximum number of bytes for either decoder: Skia, which may decode the cover afterwards, takes no more.</summary>
    private static long BytesFor(JpegHeader header, SKSizeI decoded) =>
        JpegFormat.BytesOfWhole(header) + ((long)decoded.Width * decoded.Height * PixelBuffer.PixelBytes);
}
