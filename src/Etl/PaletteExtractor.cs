using Etl.Decode;
using Etl.Fetch;
using Etl.Pipeline;
using Etl.Quantize;

namespace Etl;

/// <summary>The palette of a single picture: JPEG, PNG, WebP, GIF (the first frame), BMP or AVIF. Safe for
/// concurrent use.</summary>
/// <remarks>
/// Every method throws <see cref="CoverException"/> when the picture cannot be decoded, with the reason; with
/// <see cref="DecodeOptions.Strict"/> also when it is damaged. The first AVIF loads
/// libvips and sets it up for the whole process: all its loaders but that of AVIF are blocked, its cache is off.
/// </remarks>
public sealed class PaletteExtractor
{
    private const int FirstRead = 64 << 10;
    private static readonly CoverVersion Unversioned = new(Size: null, Modified: null, ETag: null);

    private readonly CoverDecoder _decoder;
    private readonly IQuantizer _quantizer;
    private readonly long _maxBytes;

    /// <summary>An extractor of six colours, as colorthief 0.2.1 gives them.</summary>
    public PaletteExtractor()
        : this(new EtlOptions())
    {
    }

    /// <summary>An extractor with the given options of decode and quantize, and the size limit of fetch.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is out of its range.</exception>
    public PaletteExtractor(EtlOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionsValidation.ThrowIfInvalid(options);
        _decoder = new CoverDecoder(options.Decode, options.Quantize.Algorithm);
        _quantizer = Quantizers.Of(options.Quantize);
        _maxBytes = options.Fetch.MaxCoverBytes;
    }

    /// <summary>The palette of an encoded picture in memory.</summary>
    public Palette Extract(ReadOnlySpan<byte> image) => Examine(image).Palette;

    /// <summary>The palette of the encoded picture that a stream holds from here to its end.</summary>
    public Palette Extract(Stream image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var data = new NativeBuffer(FirstRead);
        int total = 0;
        for (int read; (read = image.Read(data.GetSpan()[total..])) > 0;)
        {
            MakeRoom(data, total += read);
        }

        data.Resize(total);
        return Examine(data).Palette;
    }

    /// <inheritdoc cref="Extract(Stream)"/>
    public async Task<Palette> ExtractAsync(Stream image, CancellationToken cancellationToken = default) =>
        (await ExamineAsync(image, cancellationToken).ConfigureAwait(false)).Palette;

    /// <summary>The palette of an encoded picture in memory, and the damage that the picture has all the same.</summary>
    public ExtractedPalette Examine(ReadOnlySpan<byte> image)
    {
        ThrowIfTooLarge(image.Length);
        var data = new NativeBuffer(image.Length);
        image.CopyTo(data.GetSpan());
        return Examine(data);
    }

    /// <summary>The palette of the encoded picture that a stream holds from here to its end, and the damage that the picture has all the
    /// same.</summary>
    public async Task<ExtractedPalette> ExamineAsync(Stream image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        var data = new NativeBuffer(FirstRead);
        int total = 0;
        for (int read; (read = await image.ReadAsync(data.Memory[total..], cancellationToken).ConfigureAwait(false)) > 0;)
        {
            MakeRoom(data, total += read);
        }

        data.Resize(total);
        return Examine(data);
    }

    /// <summary>The palette of the picture in a file.</summary>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder.</exception>
    public Palette ExtractFile(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Extract(file);
    }

    /// <inheritdoc cref="ExtractFile"/>
    public async Task<Palette> ExtractFileAsync(string path, CancellationToken cancellationToken = default)
    {
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
        await using (file.ConfigureAwait(false))
        {
            return await ExtractAsync(file, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The palette of a cover, which is disposed.</summary>
    internal ExtractedPalette Examine(Cover cover)
    {
        using ColorHistogram histogram = _decoder.Decode(cover);
        return new ExtractedPalette(_quantizer.Quantize(histogram), histogram.Damage);
    }

    private ExtractedPalette Examine(NativeBuffer data) => Examine(new Cover(data, Unversioned, reservation: null));

    private void MakeRoom(NativeBuffer data, int total)
    {
        ThrowIfTooLarge(total);
        if (total == data.Length)
        {
            data.Resize((int)Math.Min(2L * total, Array.MaxLength));
        }
    }

    private void ThrowIfTooLarge(long bytes)
    {
        if (bytes > _maxBytes)
        {
            throw new CoverException(FailureReason.TooLarge, $"The picture has more than the {_maxBytes} bytes allowed.");
        }
    }
}
