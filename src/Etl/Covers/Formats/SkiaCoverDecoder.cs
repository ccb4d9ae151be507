using PaletteEtl.Covers.Formats.Jpeg;
using PaletteEtl.Model;
using PaletteEtl.Palettes;
using SkiaSharp;

namespace PaletteEtl.Covers.Formats;

/// <summary>Decodes JPEG, PNG, WebP, GIF (the first frame) and BMP with Skia's codecs, without turning the picture by
/// its EXIF tag or converting its colours, as the reference does.</summary>
internal sealed class SkiaCoverDecoder : OpenedCover
{
    private const int PixelBytes = 4;
    private const int RowsAtOnce = 16;

    /// <summary>What a JPEG decoder makes of blocks it has no data of.</summary>
    private const uint MidGrey = 0xFF808080;

    private readonly Cover _cover;
    private readonly CoverFormat _format;
    private readonly Deadline _deadline;
    private readonly bool _isStrict;
    private readonly bool _acceptPart;
    private readonly bool _hasEnd;
    private readonly bool _isChecked;
    private readonly IDisposable _input;
    private readonly SKCodec _codec;

    private SkiaCoverDecoder(
        Cover cover,
        CoverFormat format,
        DecodeOptions options,
        Deadline deadline,
        bool hasEnd,
        bool isChecked,
        IDisposable input,
        SKCodec codec)
        : base(
            codec.Info.Width,
            codec.Info.Height,
            BytesFor(cover.Data.GetSpan(), format, AcceptsPart(options, hasEnd), isChecked, codec.Info))
    {
        _cover = cover;
        _format = format;
        _deadline = deadline;
        _isStrict = options.Strict;
        _acceptPart = AcceptsPart(options, hasEnd);
        _hasEnd = hasEnd;
        _isChecked = isChecked;
        _input = input;
        _codec = codec;
    }

    /// <param name="cover">The cover, the caller's to dispose.</param>
    /// <param name="format">Its format.</param>
    /// <param name="options">The options of the stage.</param>
    /// <param name="deadline">When the cover has taken too long.</param>
    /// <param name="isChecked">Whether damage of a JPEG is looked for, which Skia does not report.</param>
    public static SkiaCoverDecoder Open(
        Cover cover, CoverFormat format, DecodeOptions options, Deadline deadline, bool isChecked)
    {
        ReadOnlySpan<byte> bytes = cover.Data.GetSpan();
        (SKCodec? codec, IDisposable input) = CreateCodec(cover.Data, format, deadline);
        if (codec is not null)
        {
            bool hasEnd = CoverSignature.HasEnd(bytes, format);
            return new SkiaCoverDecoder(cover, format, options, deadline, hasEnd, isChecked && hasEnd, input, codec);
        }

        input.Dispose();
        deadline.ThrowIfPassed();
        (long width, long height) = CoverSize.Promised(bytes, format);
        throw width * height > options.MaxPixels
            ? new CoverException(
                FailureReason.TooManyPixels,
                $"The cover's header promises {width} x {height} pixels; {options.MaxPixels} are allowed.")
            : Undecodable(cover, format, "its header could not be read");
    }

    /// <summary>Bytes that rows and coefficients of a whole JPEG take.</summary>
    public static long JpegBytes(JpegHeader header) =>
        header.CoefficientBytes + ((long)header.Width * RowsAtOnce * 2 * PixelBytes);

    public override void Sample(Sampling sampling, ColorHistogram histogram)
    {
        if (FindDamage(_cover.Data.GetSpan()) is { } damage)
        {
            NoteDamage(_cover, _format, damage, _isStrict, histogram);
        }

        // Without a colour space Skia leaves the values as they are stored. A codec that cannot scale answers with its own size.
        SKSizeI size = _codec.GetScaledDimensions(sampling.Scale(Width, Height));
        var info = new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        int step = sampling.StepOver(size.Width, size.Height);
        SKCodecResult start = _codec.StartScanlineDecode(info);
        if (start == SKCodecResult.Success)
        {
            SampleRows(info, step, histogram);
        }
        else if (start == SKCodecResult.Unimplemented || _acceptPart)
        {
            SampleWhole(info, step, histogram); // of a JPEG that lacks scans, what the others give
        }
        else
        {
            throw Undecodable($"its rows could not be read ({start})");
        }
    }

    public override SKBitmap Shrink(SKSizeI box)
    {
        // The codec's own scales, which JPEG has in eighths, are much the fastest; the next one up loses nothing.
        SKSizeI fit = Fit(box);
        float scale = MathF.Ceiling(Math.Max((float)fit.Width / Width, (float)fit.Height / Height) * 8) / 8;
        SKSizeI decoded = _codec.GetScaledDimensions(scale);
        var bitmap = new SKBitmap(new SKImageInfo(decoded.Width, decoded.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        SKCodecResult result = _codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        bool isRead = result == SKCodecResult.Success
            || (_acceptPart && result is (SKCodecResult.IncompleteInput or SKCodecResult.ErrorInInput));
        if (isRead && decoded == fit)
        {
            return bitmap;
        }

        using (bitmap)
        {
            return isRead
                ? bitmap.Resize(bitmap.Info.WithSize(fit), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear))
                : throw Undecodable($"its pixels could not be read ({result})");
        }
    }

    public override void Dispose()
    {
        _codec.Dispose();
        _input.Dispose();
    }

    /// <summary>A codec that is not asked for rows reads through a stream, so that it can be stopped. WebP, which Skia
    /// would copy out of a stream whole, is not.</summary>
    private static (SKCodec? Codec, IDisposable Input) CreateCodec(NativeBuffer bytes, CoverFormat format, Deadline deadline)
    {
        if (format is CoverFormat.Png or CoverFormat.Gif
            || (format == CoverFormat.Jpeg && JpegHeader.Read(bytes.GetSpan()).CoefficientBytes > 0))
        {
            var stream = new DeadlineStream(bytes.Address, bytes.Length, deadline);
            return (SKCodec.Create(stream), stream);
        }

        SKData data = SKData.Create(bytes.Address, bytes.Length);
        return (SKCodec.Create(data), data);
    }

    private static bool AcceptsPart(DecodeOptions options, bool hasEnd) => options is { AcceptTruncated: true, Strict: false } && !hasEnd;

    /// <summary>Bytes the pixels and the codec take: what is held for the whole picture.</summary>
    private static long BytesFor(ReadOnlySpan<byte> data, CoverFormat format, bool acceptPart, bool isChecked, SKImageInfo info)
    {
        long pixels = (long)info.Width * info.Height;
        return format switch
        {
            CoverFormat.Jpeg => JpegBytes(JpegHeader.Read(data)) + (acceptPart ? pixels * PixelBytes : 0)
                + (isChecked ? DcJpegReaders.CheckBytes(data.Length, pixels) : 0),
            CoverFormat.WebP => pixels * 2 * PixelBytes, // the picture in YUV or ARGB, and the pixels
            CoverFormat.Gif => pixels * (PixelBytes + 1), // indexes, and the pixels
            CoverFormat.Png => pixels * (PixelBytes + InterlaceBytes(data)),
            _ => pixels * PixelBytes,
        };
    }

    /// <summary>An interlaced PNG is held whole a second time, at up to 8 bytes a pixel.</summary>
    private static int InterlaceBytes(ReadOnlySpan<byte> png)
    {
        const int BitDepth = 24, Interlace = 28;
        return png.Length <= Interlace || png[Interlace] == 0 ? 0
            : png[BitDepth] == 16 ? 8
            : PixelBytes;
    }

    /// <summary>Damage that Skia does not report. WebP, GIF and BMP have nothing to find it by.</summary>
    private string? FindDamage(ReadOnlySpan<byte> data) => _format switch
    {
        CoverFormat.Png => PngChunks.FindDamage(data),
        CoverFormat.Jpeg when !_hasEnd => "it has no end-of-image marker",
        CoverFormat.Jpeg when _isChecked => DcJpegReaders.FindDamage(data),
        _ => null,
    };

    private void SampleRows(SKImageInfo info, int step, ColorHistogram histogram)
    {
        using PixelBuffer rows = PixelBuffer.Rent(info.Width, RowsAtOnce);
        bool upward = _codec.ScanlineOrder == SKCodecScanlineOrder.BottomUp; // the lowest rows first, each time top down
        for (int done = 0; done < info.Height; done += RowsAtOnce)
        {
            _deadline.ThrowIfPassed();
            int wanted = Math.Min(RowsAtOnce, info.Height - done);
            int decoded = _codec.GetScanlines(rows.Address, wanted, info.RowBytes);
            int top = upward ? info.Height - done - wanted : done;
            int missing = upward ? wanted - decoded : 0;
            int first = FirstIn(top + missing, info.Width, step);
            PixelSampler.Sample(rows.Pixels.Slice(missing * info.Width, decoded * info.Width), first, step, histogram);
            if (decoded < wanted)
            {
                AcceptPart(done + decoded, $"{done + decoded} of its {info.Height} rows could be read", histogram);
                return;
            }
        }
    }

    /// <summary>The first pixel to count from a row on, seen from its start.</summary>
    private static int FirstIn(int row, int width, int step) => (int)((step - ((long)row * width % step)) % step);

    private void SampleWhole(SKImageInfo info, int step, ColorHistogram histogram)
    {
        using PixelBuffer buffer = PixelBuffer.Rent(info.Width, info.Height);
        SKCodecResult result = _codec.GetPixels(info, buffer.Address);
        ReadOnlySpan<uint> pixels = buffer.Pixels;
        if (result != SKCodecResult.Success || _format == CoverFormat.Jpeg)
        {
            bool part = result is SKCodecResult.Success or SKCodecResult.IncompleteInput or SKCodecResult.ErrorInInput;
            pixels = part ? pixels[..(pixels.LastIndexOfAnyExcept(_format == CoverFormat.Jpeg ? MidGrey : 0) + 1)] : [];
            AcceptPart(pixels.Length, $"its pixels could not be read ({result})", histogram);
        }

        PixelSampler.Sample(pixels, 0, step, histogram);
    }

    /// <exception cref="CoverException">A part is not accepted, or there is none.</exception>
    private void AcceptPart(int decoded, string what, ColorHistogram histogram)
    {
        if (!_acceptPart || decoded == 0)
        {
            throw Undecodable(what);
        }

        _deadline.ThrowIfPassed();
        NoteDamage(_cover, _format, what, _isStrict, histogram);
    }

    private CoverException Undecodable(string what)
    {
        _deadline.ThrowIfPassed();
        return Undecodable(_cover, _format, what);
    }
}
