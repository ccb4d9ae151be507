using PaletteEtl.Palettes;

namespace Etl.Host.Web;

/// <summary>A movie's palette, and the movies with the nearest ones, the nearest first.</summary>
internal sealed record SimilarJson(string Id, Palette Palette, IReadOnlyList<SimilarJson.Movie> Items)
{
    public static SimilarJson Of(string id, Palette palette, IReadOnlyList<SimilarMovie> movies) => new(
        id,
        palette,
        [.. movies.Select(static movie => new Movie(
            movie.Id.ToString(), movie.Palette, Math.Round(movie.Distance, 3)))]);

    internal sealed record Movie(string Id, Palette Palette, double Distance);
}
