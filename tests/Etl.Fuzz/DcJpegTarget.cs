using Etl.IntegrationTests.Jpeg;
using PaletteEtl.Covers.Formats.Jpeg;

namespace Etl.Fuzz;

/// <summary>Reads a file from its DC coefficients. The pixels have to be those of Skia, and those of a fresh reader.</summary>
internal static class DcJpegTarget
{
    /// <summary>A reader that has read all the files before, so that what one leaves behind is found by the next.</summary>
    private static readonly DcJpegReader Used = new();

    public static void Run(Stream input)
    {
        using var bytes = new MemoryStream();
        input.CopyTo(bytes);
        byte[] jpeg = bytes.ToArray();
        uint[]? pixels = DcJpegs.Read(Used, jpeg);
        ThrowUnlessSame(pixels, DcJpegs.Read(new DcJpegReader(), jpeg), "a fresh reader");
        ThrowUnlessSame(DcJpegs.Read(Used, jpeg, scale: 2), DcJpegs.Read(new DcJpegReader(), jpeg, scale: 2), "a fresh reader at a quarter");
        if (pixels is null)
        {
            return;
        }

        uint[]? decoded = DcJpegs.Decode(jpeg);
        if (!DcJpegs.IsApproximate(jpeg) || decoded is null)
        {
            ThrowUnlessSame(pixels, decoded, "Skia");
        }
    }

    private static void ThrowUnlessSame(uint[]? pixels, uint[]? others, string other)
    {
        if (pixels is null ? others is not null : others is null || !pixels.AsSpan().SequenceEqual(others))
        {
            throw new InvalidOperationException($"The pixels are not those of {other}.");
        }
    }
}
