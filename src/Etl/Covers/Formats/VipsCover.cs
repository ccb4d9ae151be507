using System.Runtime.InteropServices;
using NetVips;
using PaletteEtl.Palettes;
using SkiaSharp;

namespace PaletteEtl.Covers.Formats;

/// <summary>Decodes AVIF with libvips: its turns, mirrors and crops are applied, being part of the picture, but not its
/// EXIF tag; of 10 and 12 bits the upper 8 are kept. A colour space of a curve and a matrix is applied to the histogram.</summary>
internal sealed class VipsCover : OpenedCover
{
    private const string ProfileField = "icc-profile-data";
    private const int StripBytes = 64 << 10; // arrays of more would be large objects to the garbage collector

    private readonly AvifFormat _format;
    private readonly Stream _stream;
    private readonly Image _header;
    private ColorProfile? _profile;

    private VipsCover(Cover cover, AvifFormat format, Stream stream, Image header)
        : base(cover, header.Width, header.Height, BytesFor(cover, header.Width, header.Height, header.Format != Enums.BandFormat.Uchar))
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

    /// <summary>Measured: the frames of the AV1 decoder, its picture in YUV and in RGB.</summary>
    public static long BytesFor(Cover cover, int width, int height, bool isDeep) =>
        ((long)width * height * (isDeep ? 26 : 20)) + cover.Data.Length;

    public override CoverDecoding Sample(Sampling sampling, PixelCounter counter)
    {
        try
        {
            AvifColors space = sampling.IsManaged ? AvifColors.Of(Cover.Data.GetSpan(), ProfileOf(_header)) : default;
            _profile = space.Matrix;
            PixelRows counted = Begin(counter, sampling, DecoderNames.Vips, new SKSizeI(Width, Height), out CoverDecoding decoding);
            foreach ((ReadOnlyMemory<uint> pixels, int row) in Strips())
            {
                counted.Add(pixels.Span, row);
            }

            return decoding with { Unconverted = space.Unconverted };
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
            using var whole = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
            foreach ((ReadOnlyMemory<uint> pixels, int row) in Strips())
            {
                MemoryMarshal.AsBytes(pixels.Span).CopyTo(whole.GetPixelSpan()[(row * whole.RowBytes)..]);
            }

            return whole.Resize(whole.Info.WithSize(Fit(box)), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
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

    private static byte[] ProfileOf(Image header) => header.Contains(ProfileField) ? (byte[])header.Get(ProfileField) : [];

    /// <summary>The pixels, some rows at a time: red, green, blue, alpha from the low byte up. They hold until the next. The first row comes alone, because libvips
    /// decodes a damaged picture again for each row that it fails at.</summary>
    private IEnumerable<(ReadOnlyMemory<uint> Pixels, int Row)> Strips()
    {
        int channels = _header.Bands, depth = _header.Format == Enums.BandFormat.Uchar ? 1 : 2;
        int most = Math.Max(1, StripBytes / (Width * Math.Max(channels * depth, PixelBuffer.PixelBytes)));
        uint[] pixels = new uint[Width * Math.Min(most, Height)];
        using Region region = Region.New(_header);
        for (int row = 0, rows = 1; row < Height; row += rows)
        {
            rows = row == 0 ? 1 : Math.Min(most, Height - row);
            byte[] samples = region.Fetch(0, row, Width, rows);
            Convert(samples, channels, depth, pixels.AsSpan(0, Width * rows));
            yield return (pixels.AsMemory(0, Width * rows), row);
        }
    }

    /// <param name="samples">The samples of pixels.</param>
    /// <param name="channels">Grey, or red, green and blue, and alpha or none.</param>
    /// <param name="depth">Bytes of a sample, the upper of which counts.</param>
    /// <param name="pixels">Where the pixels go.</param>
    private static void Convert(ReadOnlySpan<byte> samples, int channels, int depth, Span<uint> pixels)
    {
        int upper = depth == 2 && BitConverter.IsLittleEndian ? 1 : 0;
        int green = channels > 2 ? depth : 0, blue = 2 * green, alpha = channels % 2 == 0 ? (channels - 1) * depth : -1;
        for (int i = 0; i < pixels.Length; i++)
        {
            ReadOnlySpan<byte> sample = samples[((i * channels * depth) + upper)..];
            pixels[i] = sample[0] | ((uint)sample[green] << 8) | ((uint)sample[blue] << 16)
                | (alpha < 0 ? byte.MaxValue : (uint)sample[alpha]) << 24;
        }
    }
}
