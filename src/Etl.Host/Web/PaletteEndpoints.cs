using Etl.Host.Json;
using Etl.Host.Similar;
using Microsoft.AspNetCore.Http;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Palettes;

namespace Etl.Host.Web;

/// <summary>Palettes: the newest, and those near to one.</summary>
internal sealed class PaletteEndpoints(PaletteFeed feed, CatalogueAccess access)
{
    private const int MaxSimilar = 100;

    public IResult Newest(long after = 0, int count = 60) =>
        count is < 1 or > PaletteFeed.Capacity
            ? Answer.Problem(StatusCodes.Status400BadRequest, $"count must be from 1 to {PaletteFeed.Capacity}.")
            : Answer.Of(PalettesJson.Of(feed.After(after, count), feed.Last));

    /// <summary>The movies that are nearest to another, or to colours with their shares.</summary>
    public async Task<IResult> SimilarAsync(string? id, string? like, CancellationToken aborted, int count = 6)
    {
        Palette colors = default;
        string? problem = count is < 1 or > MaxSimilar ? $"count must be from 1 to {MaxSimilar}."
            : id is null == like is null ? "Give either id or like."
            : like is null || ColorShares.TryParse(like, out colors, out string? refused) ? null
            : $"like: {refused}";
        return problem is not null
            ? Answer.Problem(StatusCodes.Status400BadRequest, problem)
            : await access.UseAsync(
                pipeline => pipeline.Palettes.GetAsync().WaitAsync(aborted),
                (pipeline, index) => Task.FromResult(Answer.Of(id, id is null
                    ? new SearchResult(IsKnown: true, colors, index.Nearest(colors, count))
                    : PaletteSearch.Find(pipeline.Catalogue, index, id, count))),
                aborted);
    }
}
