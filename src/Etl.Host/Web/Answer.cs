using Microsoft.AspNetCore.Http;
using PaletteEtl.Palettes;

namespace Etl.Host.Web;

/// <summary>The answers of the endpoints.</summary>
internal static class Answer
{
    public static IResult Of(ServiceJson status) => TypedResults.Json(status, WebJson.Default.ServiceJson);

    public static IResult Of(HistoryJson history) => TypedResults.Json(history, WebJson.Default.HistoryJson);

    public static IResult Of(PalettesJson palettes) => TypedResults.Json(palettes, WebJson.Default.PalettesJson);

    public static IResult Of(DeadLettersJson letters) => TypedResults.Json(letters, WebJson.Default.DeadLettersJson);

    public static IResult Of(DamagedJson letters) => TypedResults.Json(letters, WebJson.Default.DamagedJson);

    public static IResult Of(string id, SearchResult found) => found.Palette is { } palette
        ? TypedResults.Json(SimilarJson.Of(id, palette, found.Movies), WebJson.Default.SimilarJson)
        : Problem(
            StatusCodes.Status404NotFound,
            found.IsKnown ? "The movie has no palette to compare." : "The movie does not exist.");

    public static IResult Of(RetriedJson retried) => TypedResults.Json(retried, WebJson.Default.RetriedJson);

    public static IResult Of(HealthJson health) => TypedResults.Json(
        health,
        WebJson.Default.HealthJson,
        statusCode: health.Problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);

    public static IResult Problem(int status, string title) =>
        TypedResults.Json(new ProblemJson(title, status), WebJson.Default.ProblemJson, "application/problem+json", status);
}
