using System.Diagnostics.CodeAnalysis;
using PaletteEtl.Columns;
using PaletteEtl.Covers;
using PaletteEtl.Covers.Files;
using PaletteEtl.Covers.Formats;
using PaletteEtl.Palettes;

namespace PaletteEtl.Hosting;

/// <summary>The palette of a single picture: JPEG, PNG, WebP, GIF (the first frame), BMP or AVIF. Safe for
/// concurrent use.</summary>
/// <remarks>
/// <c>Extract</c> gives the palette alone, <c>Examine</c> also the damage of the picture and the columns of the options. The
/// <see cref="CoverException"/> of a picture that cannot be decoded has the reason. The first AVIF loads libvips
/// and switches its cache of operations off for the whole process.
/// <para>
/// The asynchronous calls of one extractor share the memory budgets of its options: encoded pictures take
/// <see cref="FetchOptions.MemoryBudgetBytes"/> together, pixels <see cref="DecodeOptions.MemoryBudgetBytes"/>, and a call
/// waits, first come first served, until its bytes are free. At most <see cref="StageOptions.DegreeOfParallelism"/> of
/// <see cref="EtlOptions.Decode"/> decode at a time, one for each core by default. A stream that does not know its length reserves
/// <see cref="FetchOptions.MaxCoverBytes"/> while it is read. The synchronous calls do not wait: each is bounded by
/// <see cref="FetchOptions.MaxCoverBytes"/> and by the whole budget for pixels.
/// </para>
/// </remarks>
[SuppressMessage("Reliability", "CA1001", Justification = "A semaphore whose wait handle is not used holds nothing to dispose.")]
public sealed class PaletteExtractor
{
    private readonly CoverDecoder _decoder;
    private readonly IQuantizer _quantizer;
    private readonly IReadOnlyList<CoverColumn> _columns;
    private readonly PictureStream _pictures;
    private readonly CoverFileReader _files;
    private readonly MemoryBudget _encoded;
    private readonly MemoryBudget _pixels;
    private readonly SemaphoreSlim _decoders;

    /// <summary>An extractor of six colours, as colorthief 0.2.1 gives them.</summary>
    public PaletteExtractor()
        : this(new EtlOptions())
    {
    }

    /// <summary>An extractor with the given options of decode, quantize and columns, and the limits of fetch.</summary>
    /// <param name="options">The options, such as <c>new EtlOptions { Quantize = { ColorCount = 8 } }</c>; not to be changed afterwards.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is out of its range.</exception>
    public PaletteExtractor(EtlOptions options)
        : this(Checked(options), options.CoverColumns)
    {
    }

    /// <summary>An extractor with the columns that are given.</summary>
    internal PaletteExtractor(EtlOptions options, IReadOnlyList<CoverColumn> columns)
        : this(Checked(options), Quantizers.Of(options.Quantize), columns)
    {
    }

    /// <summary>An extractor with options that are valid.</summary>
    internal PaletteExtractor(EtlOptions options, IQuantizer quantizer, IReadOnlyList<CoverColumn> columns)
    {
        _quantizer = quantizer;
        _columns = columns;
        _decoder = CoverFormats.CreateDecoder(options.Decode, CoverColumns.NeedsOf(_columns, _quantizer.Needs));
        _pictures = new PictureStream(options.Fetch.MaxCoverBytes);
        _files = new CoverFileReader(options.Fetch.MaxCoverBytes, TimeProvider.System);
        _encoded = new MemoryBudget(options.Fetch.MemoryBudgetBytes);
        _pixels = new MemoryBudget(options.Decode.MemoryBudgetBytes);
        _decoders = new SemaphoreSlim(options.Decode.Parallelism);
        Limits = options;
    }

    /// <summary>The options that bound the calls.</summary>
    internal EtlOptions Limits { get; }

    /// <summary>The palette of an encoded picture in memory.</summary>
    /// <param name="image">The bytes of the picture, in any supported format.</param>
    /// <exception cref="CoverException">The picture is too large, or cannot be decoded.</exception>
    public Palette Extract(ReadOnlySpan<byte> image) => Examine(image).Palette;

    /// <summary>The palette of the encoded picture that a stream holds from its position to its end.</summary>
    /// <param name="image">The stream, which stays open.</param>
    /// <exception cref="CoverException">The picture is too large, or cannot be decoded.</exception>
    public Palette Extract(Stream image) => Examine(image).Palette;

    /// <summary>The palette of the encoded picture that a stream holds from its position to its end. The call returns at once; the thread
    /// pool reads the stream and decodes the picture.</summary>
    /// <param name="image">The stream, which must stay open until the task has ended.</param>
    /// <param name="cancellationToken">Ends the call, also between two rows of pixels.</param>
    /// <exception cref="CoverException">The picture is too large, or cannot be decoded.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public async Task<Palette> ExtractAsync(Stream image, CancellationToken cancellationToken = default) =>
        (await ExamineAsync(image, cancellationToken).ConfigureAwait(false)).Palette;

    /// <summary>The palette of the picture in a file, which is read in one version.</summary>
    /// <remarks>A file that changes while it is read is read again, and one that was modified in the last 20 ms (2 s where its
    /// time has whole seconds) is left to settle first; after ten attempts it is a <see cref="FailureReason.Timeout"/>.</remarks>
    /// <param name="path">The path of the file; its content decides the format, not its name.</param>
    /// <exception cref="CoverException">The picture is too large, or cannot be decoded.</exception>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder.</exception>
    public Palette ExtractFile(string path) => ExamineFile(path).Palette;

    /// <summary>The palette of the picture in a file, which is read in one version. The call returns at once; the thread pool reads the file
    /// and decodes the picture.</summary>
    /// <remarks><inheritdoc cref="ExtractFile" path="/remarks/node()"/></remarks>
    /// <param name="path">The path of the file; its content decides the format, not its name.</param>
    /// <param name="cancellationToken">Ends the call, also between two rows of pixels.</param>
    /// <exception cref="CoverException">The picture is too large, or cannot be decoded.</exception>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public async Task<Palette> ExtractFileAsync(string path, CancellationToken cancellationToken = default) =>
        (await ExamineFileAsync(path, cancellationToken).ConfigureAwait(false)).Palette;

    /// <summary>The palette of an encoded picture in memory, the damage found in it, and the columns of the options.</summary>
    /// <inheritdoc cref="Extract(ReadOnlySpan{byte})"/>
    public ExtractedPalette Examine(ReadOnlySpan<byte> image) => Examine(_pictures.Copy(image));

    /// <summary>The palette of the encoded picture that a stream holds from its position to its end, the damage found in it, and the
    /// columns of the options.</summary>
    /// <inheritdoc cref="Extract(Stream)"/>
    public ExtractedPalette Examine(Stream image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Examine(_pictures.Read(image));
    }

    /// <summary>The palette of the encoded picture that a stream holds from its position to its end, the damage found in it, and the
    /// columns of the options. The call returns at once; the thread pool reads the stream and decodes the picture.</summary>
    /// <inheritdoc cref="ExtractAsync"/>
    public Task<ExtractedPalette> ExamineAsync(Stream image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return ExamineAsync(reservation => ReadAsync(image, reservation, cancellationToken), cancellationToken);
    }

    /// <summary>The palette of the picture in a file, the damage found in it, and the columns of the options.</summary>
    /// <inheritdoc cref="ExtractFile"/>
    public ExtractedPalette ExamineFile(string path)
    {
        using FileStream file = Open(path, isAsync: false);

        // The wait for a fresh file is all that is asynchronous here.
        return Examine(ReadAsync(file, reservation: null, CancellationToken.None).AsTask().GetAwaiter().GetResult());
    }

    /// <summary>The palette of the picture in a file, the damage found in it, and the columns of the options. The call returns at once; the
    /// thread pool reads the file and decodes the picture.</summary>
    /// <inheritdoc cref="ExtractFileAsync"/>
    public async Task<ExtractedPalette> ExamineFileAsync(string path, CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // opening a file may take long
        FileStream file = Open(path, isAsync: true);
        await using (file.ConfigureAwait(false))
        {
            return await ExamineAsync(reservation => ReadAsync(file, reservation, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The palette of a cover that a function reads once it has reserved the cover's bytes.</summary>
    internal async Task<ExtractedPalette> ExamineAsync(Func<Reservation, ValueTask<Cover>> read, CancellationToken cancellationToken)
    {
        using var encoded = new Reservation(_encoded);
        using var pixels = new Reservation(_pixels);
        using Cover cover = await read(encoded).ConfigureAwait(false);
        using SemaphoreLease decoder = await SemaphoreLease.AcquireAsync(_decoders, cancellationToken).ConfigureAwait(false);
        using DecodedCover decoded = await _decoder.DecodeAsync(cover, pixels, cancellationToken).ConfigureAwait(false);
        return Quantize(decoded);
    }

    /// <summary>Reads a picture out of a stream, once its bytes are reserved.</summary>
    internal ValueTask<Cover> ReadAsync(Stream image, Reservation reservation, CancellationToken cancellationToken) =>
        _pictures.ReadAsync(image, reservation, cancellationToken);

    private static EtlOptions Checked(EtlOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionsValidation.ThrowIfInvalid(options);
        return options;
    }

    private ExtractedPalette Examine(Cover cover)
    {
        using DecodedCover decoded = _decoder.Decode(cover);
        return Quantize(decoded);
    }

    private ExtractedPalette Quantize(DecodedCover decoded)
    {
        Palette palette = _quantizer.Quantize(decoded.Histogram);
        return new(palette, decoded.Damage)
        {
            UnconvertedColors = decoded.Decoding.Unconverted,
            Columns = CoverColumns.ValuesOf(_columns, decoded, palette) ?? [],
        };
    }

    private static FileStream Open(string path, bool isAsync) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, isAsync);

    private async ValueTask<Cover> ReadAsync(FileStream file, Reservation? reservation, CancellationToken cancellationToken)
    {
        if (file.CanSeek)
        {
            FetchResult fetched = await _files.ReadAsync(file.SafeFileHandle, file.Name, known: null, reservation, cancellationToken)
                .ConfigureAwait(false);
            Cover cover = fetched.Cover!;
            if (cover.Data.Length > 0)
            {
                return cover;
            }

            cover.Dispose(); // a file that states no length may have bytes all the same
        }

        return reservation is null
            ? _pictures.Read(file)
            : await _pictures.ReadAsync(file, reservation, cancellationToken).ConfigureAwait(false);
    }
}
