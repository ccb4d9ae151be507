using Etl.Host.Json;
using Microsoft.AspNetCore.Http;
using PaletteEtl.Palettes;

namespace Etl.Host.Web;

/// <summary>The answers of the endpoints.</summary>
internal static class Answer
{
    public static IResult Of<T>(T answer) => TypedResults.Json(answer, EtlJson.Web);

    public static IResult Of(string? id, SearchResult found) => found.Palette is not null
        ? Of(SimilarJson.Of(id, found))
        : Problem(
            StatusCodes.Status404NotFound,
            found.IsKnown ? "The movie has no palette to compare." : "The movie does not exist.");

    public static IResult Of(HealthJson health) => TypedResults.Json(
        health,
        EtlJson.Web,
        statusCode: health.Problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);

    public static IResult Problem(int status, string title) =>
        TypedResults.Json(new ProblemJson(title, status), EtlJson.Web, "application/problem+json", status);
}
