using System.Runtime.InteropServices;
using NetVips;
using PaletteEtl.Palettes;
using SkiaSharp;

namespace PaletteEtl.Covers.Formats;

/// <summary>Decodes AVIF with libvips: its turns, mirrors and crops are applied, being part of the picture, but not its
/// EXIF tag; 10 and 12 bits become 8. Of colour profiles, a curve and a matrix are applied to the histogram.</summary>
internal sealed class VipsCover : OpenedCover
{
    private const string ProfileField = "icc-profile-data";
    private const int StripBytes = 64 << 10; // arrays of more would be large objects to the garbage collector

    private readonly AvifFormat _format;
    private readonly Stream _stream;
    private readonly Image _header;
    private ColorProfile? _profile;

    private VipsCover(Cover cover, AvifFormat format, Stream stream, Image header)
        : base(cover, header.Width, header.Height, BytesFor(cover, header))
    {
        _format = format;
        _stream = stream;
        _header = header;
    }

    public override ColorProfile? Profile => _profile;

    protected override CoverFormat Format => _format;

    public static unsafe VipsCover Open(Cover cover, AvifFormat format)
    {
        LibVips.ThrowIfAbsent(format);
        var stream = new UnmanagedMemoryStream((byte*)cover.Data.Address, cover.Data.Length);
        try
        {
            Image header = Image.HeifloadStream(stream, access: Enums.Access.Sequential, failOn: Enums.FailOn.Error);
            return new VipsCover(cover, format, stream, header);
        }
        catch (VipsException error)
        {
            stream.Dispose();
            throw format.Undecodable(cover, "its header could not be read", error);
        }
    }

    public override CoverDecoding Sample(Sampling sampling, PixelCounter counter)
    {
        try
        {
            using Image color = _header.Colourspace(Enums.Interpretation.Srgb); // to 8 bits and three channels
            using Image pixels = color.HasAlpha() ? color.Copy() : color.Bandjoin(byte.MaxValue);
            var size = new SKSizeI(pixels.Width, pixels.Height);
            _profile = sampling.IsManaged ? ProfileOf(_header).Matrix : null;
            SampleStrips(pixels, Begin(counter, sampling, DecoderNames.Vips, size, out CoverDecoding decoding));
            return decoding;
        }
        catch (VipsException error)
        {
            throw Undecodable("its pixels could not be read", error);
        }
    }

    public override SKBitmap Shrink(SKSizeI box)
    {
        try
        {
            using Image small = _header.ThumbnailImage(box.Width, height: box.Height, size: Enums.Size.Down);
            using Image color = small.Colourspace(Enums.Interpretation.Srgb);
            using Image pixels = color.HasAlpha() ? color.Copy() : color.Bandjoin(byte.MaxValue);
            var bitmap = new SKBitmap(new SKImageInfo(pixels.Width, pixels.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
            pixels.WriteToMemory<byte>().CopyTo(bitmap.GetPixelSpan());
            return bitmap;
        }
        catch (VipsException error)
        {
            throw Undecodable("its pixels could not be read", error);
        }
    }

    public override void Dispose()
    {
        _header.Dispose();
        _stream.Dispose();
    }

    private static IccProfile ProfileOf(Image header) =>
        IccProfile.Of(header.Contains(ProfileField) ? (byte[])header.Get(ProfileField) : []);

    private static void SampleStrips(Image pixels, PixelRows counted)
    {
        using Region region = Region.New(pixels);
        int rows = Math.Max(1, StripBytes / (pixels.Width * PixelBuffer.PixelBytes));
        for (int top = 0; top < pixels.Height; top += rows)
        {
            byte[] strip = region.Fetch(0, top, pixels.Width, Math.Min(rows, pixels.Height - top));
            counted.Add(MemoryMarshal.Cast<byte, uint>(strip), top);
        }
    }

    /// <summary>Measured: the frames of the AV1 decoder, its picture in YUV and in RGB.</summary>
    private static long BytesFor(Cover cover, Image header)
    {
        int perPixel = header.Format == Enums.BandFormat.Uchar ? 20 : 26;
        return ((long)header.Width * header.Height * perPixel) + cover.Data.Length;
    }
}
