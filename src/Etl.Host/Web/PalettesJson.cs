using PaletteEtl.Palettes;

namespace Etl.Host.Web;

/// <summary>Palettes, the newest last; <c>last</c> is what to ask for as <c>after</c> next time.</summary>
internal sealed record PalettesJson(IReadOnlyList<FreshPaletteJson> Items, long Last)
{
    public static PalettesJson Of(FreshPalette[] palettes, long last) => new(
        [.. palettes.Select(static fresh => new FreshPaletteJson(fresh.Sequence, fresh.Id.ToString(), fresh.Palette, fresh.At))],
        last);
}

/// <summary>A palette that was written, red, green and blue of each colour; <c>sequence</c> counts those of this process.</summary>
internal sealed record FreshPaletteJson(long Sequence, string Id, Palette Palette, DateTimeOffset At);

/// <summary>A movie's palette, and the movies with the nearest ones, the nearest first.</summary>
internal sealed record SimilarJson(string Id, Palette Palette, IReadOnlyList<SimilarJson.Movie> Items)
{
    public static SimilarJson Of(string id, Palette palette, IReadOnlyList<SimilarMovie> movies) => new(
        id,
        palette,
        [.. movies.Select(static movie => new Movie(movie.Id.ToString(), movie.Palette, Math.Round(movie.Distance, 3)))]);

    internal sealed record Movie(string Id, Palette Palette, double Distance);
}
