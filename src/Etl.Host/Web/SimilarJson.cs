using Etl.Host.Commands;
using PaletteEtl.Palettes;

namespace Etl.Host.Web;

/// <summary>A movie's palette, and the movies with the nearest ones, the nearest first.</summary>
internal sealed record SimilarJson(string Id, IReadOnlyList<int[]> Palette, IReadOnlyList<SimilarJson.Movie> Items)
{
    public static SimilarJson Of(string id, Palette palette, IReadOnlyList<SimilarMovie> movies) => new(
        id,
        ImageJson.Colors(palette),
        [.. movies.Select(static movie => new Movie(
            movie.Id.ToString(), ImageJson.Colors(movie.Palette), Math.Round(movie.Distance, 3)))]);

    internal sealed record Movie(string Id, IReadOnlyList<int[]> Palette, double Distance);
}
