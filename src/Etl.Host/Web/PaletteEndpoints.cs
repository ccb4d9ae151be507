using Microsoft.AspNetCore.Http;

namespace Etl.Host.Web;

/// <summary>Palettes: the newest.</summary>
internal sealed class PaletteEndpoints(PaletteFeed feed)
{
    public IResult Newest(long after = 0, int count = 60) =>
        count is < 1 or > PaletteFeed.Capacity
            ? Answer.Problem(StatusCodes.Status400BadRequest, $"count must be from 1 to {PaletteFeed.Capacity}.")
            : Answer.Of(PalettesJson.Of(feed.After(after, count), feed.Last));
}
