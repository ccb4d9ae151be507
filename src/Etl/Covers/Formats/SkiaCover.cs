using PaletteEtl.Palettes;
using SkiaSharp;

namespace PaletteEtl.Covers.Formats;

/// <summary>Decodes JPEG, PNG, WebP, GIF (the first frame) and BMP with Skia's codecs. Like the reference, it ignores the
/// EXIF orientation, and the colour profile unless colours are managed.</summary>
internal sealed class SkiaCover : OpenedCover
{
    /// <summary>Rows that are decoded before they are counted.</summary>
    public const int RowsAtOnce = 16;

    private static readonly SKColorSpace Srgb = SKColorSpace.CreateSrgb();

    private readonly SkiaFormat _format;
    private readonly Deadline _deadline;
    private readonly bool _isStrict;
    private readonly bool _acceptPart;
    private readonly bool _hasEnd;
    private readonly bool _isChecked;
    private readonly SKCodec _codec;

    private SkiaCover(
        Cover cover, SkiaFormat format, DecodeOptions options, Deadline deadline, bool hasEnd, bool isChecked, SKCodec codec)
        : base(
            cover,
            codec.Info.Width,
            codec.Info.Height,
            format.NeededBytes(
                cover.Data.GetSpan(), (long)codec.Info.Width * codec.Info.Height, AcceptsPart(options, hasEnd), isChecked))
    {
        _format = format;
        _deadline = deadline;
        _isStrict = options.Strict;
        _acceptPart = AcceptsPart(options, hasEnd);
        _hasEnd = hasEnd;
        _isChecked = isChecked;
        _codec = codec;
    }

    protected override CoverFormat Format => _format;

    /// <param name="cover">The cover, the caller's to dispose.</param>
    /// <param name="format">Its format.</param>
    /// <param name="options">The options of the stage.</param>
    /// <param name="deadline">When the cover has taken too long.</param>
    /// <param name="isChecked">Whether damage is looked for that takes time to find.</param>
    public static SkiaCover Open(Cover cover, SkiaFormat format, DecodeOptions options, Deadline deadline, bool isChecked)
    {
        ReadOnlySpan<byte> bytes = cover.Data.GetSpan();
        if (CreateCodec(cover.Data, format, deadline) is { } codec)
        {
            bool hasEnd = format.HasEnd(bytes);
            return new SkiaCover(cover, format, options, deadline, hasEnd, isChecked && hasEnd, codec);
        }

        deadline.ThrowIfPassed();
        (long width, long height) = format.PromisedSize(bytes);
        throw width * height > options.MaxPixels
            ? new CoverException(
                FailureReason.TooManyPixels,
                $"The cover's header promises {width} x {height} pixels; {options.MaxPixels} are allowed.")
            : format.Undecodable(cover, "its header could not be read");
    }

    public override CoverDecoding Sample(Sampling sampling, PixelCounter pixels)
    {
        if (_format.FindDamage(Cover.Data.GetSpan(), _hasEnd, _isChecked) is { } damage)
        {
            NoteDamage(damage, _isStrict);
        }

        // Without a colour space Skia leaves the values as they are stored; with one it converts those of another profile.
        // A codec that cannot scale answers with its own size.
        SKSizeI size = _codec.GetScaledDimensions(sampling.Scale(Width, Height));
        var info = new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul, sampling.IsManaged ? Srgb : null);
        PixelRows counted = Begin(pixels, sampling, DecoderNames.Skia, size, out CoverDecoding decoding);
        SKCodecResult start = _codec.StartScanlineDecode(info);
        if (start == SKCodecResult.Success && _codec.ScanlineOrder == SKCodecScanlineOrder.BottomUp)
        {
            SampleUpward(info, counted);
        }
        else if (start == SKCodecResult.Success)
        {
            SampleRows(info, counted);
        }
        else if (start == SKCodecResult.Unimplemented || _acceptPart)
        {
            SampleWhole(info, counted, isExact: pixels.Histogram.HasCounts); // of a JPEG that lacks scans, what the others give
        }
        else
        {
            throw Failed($"its rows could not be read ({start})");
        }

        return decoding;
    }

    public override SKBitmap Shrink(SKSizeI box)
    {
        // The codec's own scales, which JPEG has in eighths, are much the fastest; the next one up loses nothing.
        SKSizeI fit = Fit(box);
        float scale = MathF.Ceiling(Math.Max((float)fit.Width / Width, (float)fit.Height / Height) * 8) / 8;
        SKSizeI decoded = _codec.GetScaledDimensions(scale);
        var bitmap = new SKBitmap(new SKImageInfo(decoded.Width, decoded.Height, SKColorType.Rgba8888, SKAlphaType.Premul, Srgb));
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
                : throw Failed($"its pixels could not be read ({result})");
        }
    }

    public override void Dispose() => _codec.Dispose();

    /// <summary>A codec, which owns the stream that it reads, or a reference to the data.</summary>
    private static SKCodec? CreateCodec(NativeBuffer bytes, SkiaFormat format, Deadline deadline)
    {
        if (format.IsStreamed(bytes.GetSpan()))
        {
            return SKCodec.Create(new DeadlineStream(bytes.Address, bytes.Length, deadline));
        }

        using var data = SKData.Create(bytes.Address, bytes.Length);
        return SKCodec.Create(data);
    }

    private static bool AcceptsPart(DecodeOptions options, bool hasEnd) => options is { AcceptTruncated: true, Strict: false } && !hasEnd;

    private void SampleRows(SKImageInfo info, PixelRows counted)
    {
        using PixelBuffer rows = PixelBuffer.Rent(info.Width, RowsAtOnce);
        for (int done = 0; done < info.Height; done += RowsAtOnce)
        {
            int wanted = Math.Min(RowsAtOnce, info.Height - done);
            int decoded = Decode(rows.Address, wanted, info);
            counted.Add(rows.Pixels[..(decoded * info.Width)], done);
            if (decoded < wanted)
            {
                AcceptPart(done + decoded, $"{done + decoded} of its {info.Height} rows could be read");
                return;
            }
        }
    }

    /// <summary>Rows that come from the bottom up, a few at a time, are counted once they are all there.</summary>
    private void SampleUpward(SKImageInfo info, PixelRows counted)
    {
        using PixelBuffer all = PixelBuffer.Rent(info.Width, info.Height);
        int top = info.Height;
        while (top > 0)
        {
            int wanted = Math.Min(RowsAtOnce, top);
            int decoded = Decode(all.Address + ((nint)(top - wanted) * info.RowBytes), wanted, info);
            top -= decoded;
            if (decoded < wanted)
            {
                AcceptPart(info.Height - top, $"{info.Height - top} of its {info.Height} rows could be read");
                break;
            }
        }

        counted.Add(all.Pixels[(top * info.Width)..], top);
    }

    private int Decode(nint rows, int count, SKImageInfo info)
    {
        _deadline.ThrowIfPassed();
        return _codec.GetScanlines(rows, count, info.RowBytes);
    }

    /// <param name="info">The picture.</param>
    /// <param name="counted">Where the pixels are counted.</param>
    /// <param name="isExact">Whether the pixels are those of the reference, around a first frame too.</param>
    private void SampleWhole(SKImageInfo info, PixelRows counted, bool isExact)
    {
        using PixelBuffer buffer = PixelBuffer.Rent(info.Width, info.Height);
        SKCodecResult result = _codec.GetPixels(info, buffer.Address);
        ReadOnlySpan<uint> pixels = buffer.Pixels;
        if (result != SKCodecResult.Success || _format.Filler is not null)
        {
            bool part = result is SKCodecResult.Success or SKCodecResult.IncompleteInput or SKCodecResult.ErrorInInput;
            pixels = part ? pixels[..(pixels.LastIndexOfAnyExcept(_format.Filler ?? 0) + 1)] : [];
            AcceptPart(pixels.Length, $"its pixels could not be read ({result})");
        }
        else if (isExact)
        {
            _format.FillAroundFrame(Cover.Data.GetSpan(), buffer.Pixels);
        }

        counted.Add(pixels, row: 0);
    }

    /// <exception cref="CoverException">A part is not accepted, or there is none.</exception>
    private void AcceptPart(int decoded, string what)
    {
        if (!_acceptPart || decoded == 0)
        {
            throw Failed(what);
        }

        _deadline.ThrowIfPassed();
        NoteDamage(what, _isStrict);
    }

    private CoverException Failed(string what)
    {
        _deadline.ThrowIfPassed();
        return Undecodable(what);
    }
}
