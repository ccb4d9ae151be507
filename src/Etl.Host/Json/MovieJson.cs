using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Etl.Host.Commands;
using Etl.Host.Web;
using PaletteEtl.Palettes;

namespace Etl.Host.Json;

/// <summary>A palette and the movies with the nearest palettes, of <c>etl similar --json</c> and of the API.</summary>
/// <param name="Id">The movie; null if the palette is that of an image or of some colours.</param>
/// <param name="Palette">Its palette.</param>
/// <param name="Population">The share of each colour, if it is known.</param>
/// <param name="Settings">The settings that its palette was made with; null if unknown.</param>
/// <param name="Items">The nearest movies, the nearest first.</param>
internal sealed record SimilarJson(
    string? Id,
    Palette Palette,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<double>? Population,
    string? Settings,
    IReadOnlyList<SimilarMovieJson> Items)
{
    public static SimilarJson Of(string? id, SearchResult found) => new(
        id,
        found.Palette!.Value,
        SharesOf(found.Palette.Value),
        found.Settings,
        [.. found.Movies.Select(movie => new SimilarMovieJson(
            movie.Id.Shown,
            movie.Palette,
            SharesOf(movie.Palette),
            Math.Round(movie.Distance, 3),
            found.HasOtherSettings(movie) ? movie.Settings : null))]);

    private static double[]? SharesOf(Palette palette) =>
        palette.HasPopulation ? [.. Enumerable.Range(0, palette.Count).Select(i => palette.Population(i))] : null;
}

/// <summary>A movie with a near palette; the distance is that of <see cref="PaletteDistance"/>.</summary>
/// <param name="Id">The movie.</param>
/// <param name="Palette">Its palette.</param>
/// <param name="Population">The share of each colour, if it is known.</param>
/// <param name="Distance">The distance.</param>
/// <param name="OtherSettings">The settings that its palette was made with, if they are others, so that the distance means little.</param>
internal sealed record SimilarMovieJson(
    string? Id,
    Palette Palette,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<double>? Population,
    double Distance,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? OtherSettings);

/// <summary>The newest palettes that the service has written, the newest last.</summary>
/// <param name="Items">The palettes.</param>
/// <param name="Next">The <c>after</c> of the next request.</param>
internal sealed record PalettesJson(IReadOnlyList<FreshPaletteJson> Items, long? Next)
{
    public static PalettesJson Of(FreshPalette[] palettes, long last) => new(
        [.. palettes.Select(static fresh => new FreshPaletteJson(fresh.Sequence, fresh.Movie.Id.Shown, fresh.Palette, fresh.At))],
        last);
}

/// <summary>A palette that the service has written.</summary>
/// <param name="Key">Counts the palettes of this process.</param>
/// <param name="Id">The movie.</param>
/// <param name="Palette">Its palette.</param>
/// <param name="At">The time at which the palette was written.</param>
internal sealed record FreshPaletteJson(long Key, string? Id, Palette Palette, DateTimeOffset At);

/// <summary>An image of <c>etl palette --json</c>: its palette, or the reason why there is none.</summary>
/// <param name="Source">The file or the URL, or <c>-</c> for standard input.</param>
/// <param name="Palette">The palette.</param>
/// <param name="Columns">The values of all columns.</param>
/// <param name="ElapsedSeconds">The time from the first requested byte to the palette.</param>
/// <param name="Reason">The reason of the failure.</param>
/// <param name="Message">The failure or the damage, in one sentence.</param>
/// <param name="UnconvertedColors">The colour space whose colours were counted as sRGB.</param>
internal sealed record ImageJson(
    string Source,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Palette? Palette,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonObject? Columns,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? ElapsedSeconds,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? UnconvertedColors = null)
{
    public static ImageJson Of(ImageResult image) => image.Failure is { } failure
        ? new(image.Source, Palette: null, Columns: null, ElapsedSeconds: null, failure.Reason.Name(), failure.Message)
        : new(image.Source, image.Palette, ColumnsJson.Of(image.Columns), Math.Round(image.Elapsed.TotalSeconds, 6), Reason: null, image.Damage, image.UnconvertedColors);
}
