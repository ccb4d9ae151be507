using PaletteEtl.Covers.Formats.Jpeg;
using PaletteEtl.Palettes;
using SkiaSharp;

namespace PaletteEtl.Covers.Formats;

/// <summary>Decodes JPEG at an eighth of its size from DC coefficients, or at a quarter from the first AC coefficients, too.</summary>
internal sealed class DcJpegCover : FastJpegCover
{
    private const int BlockSide = 8;

    /// <summary>Samples of a side of a block. More would take more coefficients than are read.</summary>
    private const int MaxScale = 2;

    private DcJpegCover(Cover cover, JpegFormat format, in DecodeContext context, JpegHeader header, IccProfile? profile)
        : base(cover, format, context.Options, context.Deadline, header, profile, BytesFor(cover, header, context.Options))
    {
    }

    /// <summary>The cover, unless it is a codec's: its header alone decides.</summary>
    public static OpenedCover? TryOpen(Cover cover, JpegFormat format, in DecodeContext context)
    {
        if (!context.Options.DcReader || !context.Sampling.IsScaled)
        {
            return null;
        }

        ReadOnlySpan<byte> data = cover.Data.GetSpan();
        var header = JpegHeader.Read(data);
        IccProfile? profile = ProfileOf(cover, context);
        return IsLargeEnough(header.Width, header.Height)
            && profile is not { IsTable: true }
            && BytesFor(cover, header, context.Options) <= context.Memory
            && format.HasEnd(data)
            ? new DcJpegCover(cover, format, context, header, profile)
            : null;
    }

    /// <summary>Whether a quarter of a picture has enough pixels.</summary>
    public static bool IsLargeEnough(int width, int height) => ScaleOf(width, height) <= MaxScale;

    /// <summary>Pixels of a side of a block.</summary>
    public static int ScaleOf(int width, int height) => Math.Max(1, BlockSide / Sampling.CellSide(width, height));

    protected override CoverDecoding? TrySample(Sampling sampling, PixelCounter pixels, out string? damage)
    {
        DcJpegReader reader = DcJpegReaders.Rent();
        try
        {
            bool isRead = reader.TryRead(Cover.Data.GetSpan(), ScaleOf(Width, Height), IsStrict);
            damage = reader.Damage;
            Deadline.ThrowIfPassed();
            return isRead ? Sample(reader.Picture, sampling, pixels) : null;
        }
        finally
        {
            DcJpegReaders.Return(reader);
        }
    }

    /// <summary>As much as Skia takes, which may come after; the file once more; and the first coefficients and samples of each block.</summary>
    private static long BytesFor(Cover cover, JpegHeader header, DecodeOptions options)
    {
        long pixels = (long)header.Width * header.Height;
        return JpegFormat.BytesOfWhole(header)
            + (options.Strict ? DcJpegReaders.CheckBytes(cover.Data.Length, pixels) : cover.Data.Length)
            + pixels;
    }

    private CoverDecoding Sample(DcPicture picture, Sampling sampling, PixelCounter pixels)
    {
        var size = new SKSizeI(picture.Width, picture.Height);
        PixelRows rows = Begin(pixels, sampling, DecoderNames.DcCoefficients, size, out CoverDecoding decoding);
        for (int row = 0; row < picture.Height; row++)
        {
            rows.Add(picture.Row(row), row);
        }

        return decoding;
    }
}
