using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>Decodes JPEG at an eighth of its size from the DC coefficients alone.</summary>
internal sealed class DcJpegCoverDecoder : FastJpegCover
{
    /// <summary>Pixels of a picture of which an eighth is enough. Smaller ones lose more than a palette should.</summary>
    private const int MinPixels = 150_000;

    private readonly bool _isStrict;

    private DcJpegCoverDecoder(Cover cover, DecodeOptions options, Deadline deadline, JpegHeader header)
        : base(cover, options, deadline, header, BytesFor(cover, header, options)) => _isStrict = options.Strict;

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
            && BytesFor(cover, header, options) <= memory
            && CoverSignature.HasEnd(data, CoverFormat.Jpeg)
            ? new DcJpegCoverDecoder(cover, options, deadline, header)
            : null;
    }

    public static bool IsLargeEnough(JpegHeader header) => (long)header.Width * header.Height >= MinPixels;

    protected override bool TrySample(
        NativeBuffer data, Deadline deadline, Sampling sampling, ColorHistogram histogram, out string? damage)
    {
        DcJpegReader reader = DcJpegReaders.Rent();
        try
        {
            bool isRead = reader.TryRead(data.GetSpan(), _isStrict);
            damage = reader.Damage;
            deadline.ThrowIfPassed();
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

    /// <summary>As much as Skia takes, which may come after; the file once more; and coefficients with their samples.</summary>
    private static long BytesFor(Cover cover, JpegHeader header, DecodeOptions options)
    {
        long pixels = (long)header.Width * header.Height;
        return SkiaCoverDecoder.JpegBytes(header)
            + (options.Strict ? DcJpegReaders.CheckBytes(cover.Data.Length, pixels) : cover.Data.Length + (pixels / 4));
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
}
