using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Etl.Host.Web;

/// <summary>Answers requests whose parameters or body cannot be read.</summary>
internal static class BadRequests
{
    public static void UseBadRequests(this WebApplication app) => app.Use(static async (context, next) =>
    {
        try
        {
            await next(context);
            if (context.Response is { StatusCode: StatusCodes.Status415UnsupportedMediaType, HasStarted: false })
            {
                await Answer.Problem(context.Response.StatusCode, "The Content-Type must be application/json.").ExecuteAsync(context);
            }
        }
        catch (BadHttpRequestException error) when (!context.Response.HasStarted)
        {
            await Answer.Problem(error.StatusCode, error.Message).ExecuteAsync(context);
        }
    });
}
