using Etl.Host.Commands;
using Etl.Host.Explain;
using Etl.Host.Json;
using Etl.Host.Recovery;
using Etl.Host.Service;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PaletteEtl.Columns;
using PaletteEtl.Covers;
using PaletteEtl.Palettes;

namespace Etl.Host.Web;

/// <summary>Makes the palette of an image in a request, or of a movie's cover, and writes nothing. Each is decoded in a process of its own,
/// because an image may crash the decoder; one for each core at a time, and further requests are refused.</summary>
internal sealed class ExtractionEndpoint(ServeProgram program, CatalogueAccess access, TimeProvider clock) : IDisposable
{
    private const string ImageOfRequest = "-"; // as etl palette calls standard input

    private readonly SemaphoreSlim _making = new(Environment.ProcessorCount);

    public async Task<IResult> PostAsync(HttpContext context, CancellationToken aborted, string? id = null)
    {
        using PipelineLease? lease = program.Lease();
        if (lease is null)
        {
            return Answer.Problem(StatusCodes.Status503ServiceUnavailable, "The service is starting.");
        }

        if (!await _making.WaitAsync(TimeSpan.Zero, CancellationToken.None))
        {
            context.Response.Headers.RetryAfter = "1";
            return Answer.Problem(StatusCodes.Status429TooManyRequests, "As many images as there are cores are being decoded. Try again.");
        }

        using var making = new SemaphoreLease(_making);
        long started = clock.GetTimestamp();
        return id is null
            ? ResponseOf(await OfRequestAsync(context, lease.Pipeline.Options, aborted), started)
            : await access.UseAsync(async current => ResponseOf(await OfMovieAsync(current, id, aborted), started), aborted);
    }

    public void Dispose() => _making.Dispose();

    private IResult ResponseOf(ImageResult? image, long started) => image switch
    {
        null => Answer.Problem(StatusCodes.Status404NotFound, "The movie does not exist."),
        { Failure: { } failure } => Answer.Problem(StatusOf(failure), $"{failure.Reason.Name()}: {failure.Message}"),
        _ => Answer.Of(ImageJson.Of(image with { Elapsed = clock.GetElapsedTime(started) })),
    };

    private static int StatusOf(Failure failure) => failure.Reason switch
    {
        FailureReason.TooLarge => StatusCodes.Status413PayloadTooLarge,
        FailureReason.NotFound => StatusCodes.Status404NotFound,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    private async Task<ImageResult> OfRequestAsync(HttpContext context, EtlOptions options, CancellationToken aborted)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = options.Fetch.MaxCoverBytes;
        }

        try
        {
            using var encoded = Reservation.WithLimit(options.Fetch.MaxCoverBytes);
            using Cover cover = await new PictureStream(options.Fetch.MaxCoverBytes).ReadAsync(context.Request.Body, encoded, aborted);
            using DecodedCover decoded = await new SandboxDecoder(options, clock).DecodeAsync(
                new Item<Cover>(new Movie(default, new MovieId(ImageOfRequest)), cover), Reservation.WithLimit(options.Decode.MemoryBudgetBytes), aborted);
            Palette palette = Quantizers.Of(options.Quantize).Quantize(decoded.Histogram);
            return new ImageResult(ImageOfRequest, palette, Failure: null, default, decoded.Damage)
            {
                UnconvertedColors = decoded.Decoding.Unconverted,
                Columns = CoverColumns.ValuesOf(options.CoverColumns, decoded, palette) ?? [],
            };
        }
        catch (CoverException error)
        {
            return new ImageResult(ImageOfRequest, default, Failure.Of(StageNames.Decode, error, version: null), default);
        }
    }

    /// <summary>The palette of a movie's cover as it is now; null if there is no such movie.</summary>
    private static async Task<ImageResult?> OfMovieAsync(ServedPipeline pipeline, string id, CancellationToken aborted)
    {
        CoverExamination? cover = (await pipeline.Explainer.ExplainAsync(id, aborted))?.Rows[0].Facts.Cover;
        return cover is null
            ? null
            : new ImageResult(id, cover.Palette ?? default, cover.Failure, default, cover.Damage)
            {
                UnconvertedColors = cover.Decoding?.Unconverted,
                Columns = cover.Columns ?? [],
            };
    }
}
