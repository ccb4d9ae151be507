using PaletteEtl.Palettes;

namespace Etl.Host.Commands;

/// <summary>What <c>etl similar --json</c> prints.</summary>
internal sealed record SimilarJson(string Id, Palette Palette, IReadOnlyList<SimilarJson.Movie> Similar)
{
    public static SimilarJson Of(string id, Palette palette, IReadOnlyList<SimilarMovie> movies) => new(
        id,
        palette,
        [.. movies.Select(static movie => new Movie(CommandJson.IdOf(movie.Id), Math.Round(movie.Distance, 3), movie.Palette))]);

    internal sealed record Movie(object? Id, double Distance, Palette Palette);
}
