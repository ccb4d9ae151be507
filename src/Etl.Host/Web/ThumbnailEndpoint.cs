using Etl.Host.Service;
using Etl.Host.Thumbnails;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Caching.Memory;
using PaletteEtl.Catalogue.Sqlite;

namespace Etl.Host.Web;

/// <summary>Small pictures of covers, one made at a time and the last ones kept, so that pages that show them take little of
/// what the pipeline needs.</summary>
internal sealed class ThumbnailEndpoint(ServeProgram program, CatalogueAccess access, PaletteFeed feed) : IDisposable
{
    private const long MaxKeptBytes = 16 << 20;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MaxKeptBytes });
    private readonly SemaphoreSlim _making = new(1);

    public async Task<IResult> GetAsync(string id, HttpContext context, CancellationToken aborted)
    {
        if (!_kept.TryGetValue(id, out byte[]? picture))
        {
            using SemaphoreLease lease = await SemaphoreLease.AcquireAsync(_making, aborted);
            picture = _kept.Get<byte[]>(id) ?? await MakeAsync(id, aborted);
        }

        if (picture is null)
        {
            return Answer.Problem(StatusCodes.Status404NotFound, "There is no picture of this movie's cover.");
        }

        context.Response.Headers.CacheControl = "private, max-age=60";
        return TypedResults.Bytes(picture, Thumbnail.MediaType);
    }

    public void Dispose()
    {
        _kept.Dispose();
        _making.Dispose();
    }

    private async Task<byte[]?> MakeAsync(string id, CancellationToken aborted)
    {
        using PipelineLease? lease = program.Lease();
        if (lease is null || (feed.Find(id) ?? await FindAsync(id, aborted)) is not { } movie
            || await lease.Pipeline.Thumbnails.TryMakeAsync(movie with { Previous = null }, aborted) is not { } made)
        {
            return null;
        }

        return _kept.Set(id, made.Bytes, new MemoryCacheEntryOptions { Size = made.Bytes.Length, AbsoluteExpirationRelativeToNow = Kept });
    }

    /// <summary>The movie if its cover has been decoded before: another may be one that ends the process.</summary>
    private async Task<Movie?> FindAsync(string id, CancellationToken aborted)
    {
        Movie? found = null;
        await access.UseAsync(
            pipeline =>
            {
                found = PaletteSearch.MovieOf(pipeline.Catalogue, id);
                return Results.Empty;
            },
            aborted);
        return found;
    }
}
