using PaletteEtl.Covers.Formats.Jpeg;
using PaletteEtl.Palettes;

namespace PaletteEtl.Covers.Formats;

/// <summary>Decodes JPEG at an eighth of its size from the DC coefficients alone.</summary>
internal sealed class DcJpegCover : FastJpegCover
{
    /// <summary>Pixels of a picture of which an eighth is enough. Smaller ones lose more than a palette should.</summary>
    private const int MinPixels = 150_000;

    private DcJpegCover(Cover cover, JpegFormat format, in DecodeContext context, JpegHeader header)
        : base(cover, format, context.Options, context.Deadline, header, BytesFor(cover, header, context.Options))
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
        return IsLargeEnough(header)
            && BytesFor(cover, header, context.Options) <= context.Memory
            && format.HasEnd(data)
            ? new DcJpegCover(cover, format, context, header)
            : null;
    }

    public static bool IsLargeEnough(JpegHeader header) => (long)header.Width * header.Height >= MinPixels;

    protected override CoverDecoding? TrySample(Sampling sampling, PixelCounter pixels, out string? damage)
    {
        DcJpegReader reader = DcJpegReaders.Rent();
        try
        {
            bool isRead = reader.TryRead(Cover.Data.GetSpan(), IsStrict);
            damage = reader.Damage;
            Deadline.ThrowIfPassed();
            return isRead ? Sample(reader.Picture, sampling, pixels) : null;
        }
        finally
        {
            DcJpegReaders.Return(reader);
        }
    }

    /// <summary>As much as Skia takes, which may come after; the file once more; and coefficients with their samples.</summary>
    private static long BytesFor(Cover cover, JpegHeader header, DecodeOptions options)
    {
        long pixels = (long)header.Width * header.Height;
        return JpegFormat.BytesOfWhole(header)
            + (options.Strict ? DcJpegReaders.CheckBytes(cover.Data.Length, pixels) : cover.Data.Length + (pixels / 4));
    }

    private CoverDecoding Sample(DcPicture picture, Sampling sampling, PixelCounter pixels)
    {
        int step = sampling.StepOver(picture.Width, picture.Height);
        PixelRows rows = pixels.Begin(picture.Width, picture.Height, step);
        for (int row = 0; row < picture.Height; row++)
        {
            rows.Add(picture.Row(row), row);
        }

        return DecodedBy(DecoderNames.DcCoefficients, picture.Width, picture.Height, step);
    }
}
