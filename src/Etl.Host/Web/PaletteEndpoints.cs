using Etl.Host.Json;
using Microsoft.AspNetCore.Http;
using PaletteEtl.Catalogue.Sqlite;

namespace Etl.Host.Web;

/// <summary>Palettes: the newest, and those near to one.</summary>
internal sealed class PaletteEndpoints(PaletteFeed feed, CatalogueAccess access) : IDisposable
{
    private const int MaxSimilar = 100;

    /// <summary>A search reads the whole catalogue, so one goes on at a time.</summary>
    private readonly SemaphoreSlim _searching = new(1);

    public IResult Newest(long after = 0, int count = 60) =>
        count is < 1 or > PaletteFeed.Capacity
            ? Answer.Problem(StatusCodes.Status400BadRequest, $"count must be from 1 to {PaletteFeed.Capacity}.")
            : Answer.Of(PalettesJson.Of(feed.After(after, count), feed.Last));

    public async Task<IResult> SimilarAsync(string id, CancellationToken aborted, int count = 6)
    {
        if (count is < 1 or > MaxSimilar)
        {
            return Answer.Problem(StatusCodes.Status400BadRequest, $"count must be from 1 to {MaxSimilar}.");
        }

        using SemaphoreLease lease = await SemaphoreLease.AcquireAsync(_searching, aborted);
        return await access.UseAsync(
            pipeline => Answer.Of(id, PaletteSearch.Find(pipeline.Catalogue, id, count, aborted)), aborted);
    }

    public void Dispose() => _searching.Dispose();
}
