using Etl.Host.Json;
using Etl.Host.Service;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PaletteEtl.Service;

namespace Etl.Host.Web;

/// <summary>Every address the service answers at.</summary>
internal static class Endpoints
{
    /// <summary>The methods of files and health checks: load balancers and link checkers ask with HEAD.</summary>
    public static string[] Read { get; } = [HttpMethods.Get, HttpMethods.Head];

    public static void MapEndpoints(this WebApplication app, ServiceOptions options)
    {
        IServiceProvider services = app.Services;
        var board = services.GetRequiredService<StatusBoard>();
        var palettes = services.GetRequiredService<PaletteEndpoints>();
        var letters = services.GetRequiredService<DeadLetterEndpoints>();
        var readiness = services.GetRequiredService<Readiness>();

        PageFiles.Map(app);
        app.MapMethods("/health/live", Read, static () => Answer.Of(HealthJson.Of([])));
        app.MapMethods("/health/ready", Read, async (CancellationToken aborted) => Answer.Of(HealthJson.Of(await readiness.CheckAsync(aborted))));
        app.MapPrometheusScrapingEndpoint("/metrics");

        RouteGroupBuilder api = app.MapGroup("/api");
        api.MapGet("/status", () => Answer.Of(board.Latest));
        api.MapGet("/history", () => Answer.Of(board.History.ToJson()));
        api.MapGet("/timeline", (DateTimeOffset? from) => Answer.Of(board.Timeline.ToJson(from)));
        api.MapGet("/events", services.GetRequiredService<EventStream>().ServeAsync);
        api.MapGet("/palettes", palettes.Newest);
        api.MapGet("/thumbnail", services.GetRequiredService<ThumbnailEndpoint>().GetAsync);
        api.MapGet("/similar", palettes.SimilarAsync);
        api.MapGet("/explain", services.GetRequiredService<ExplainEndpoint>().GetAsync);
        api.MapGet("/dead-letters", letters.ListAsync);
        api.MapGet("/damaged", letters.ListDamagedAsync);
        var pause = services.GetRequiredService<PauseEndpoints>();
        api.MapPost("/pause", pause.Pause).AddEndpointFilter(new ChangeFilter(options).InvokeAsync);
        api.MapPost("/resume", pause.Resume).AddEndpointFilter(new ChangeFilter(options).InvokeAsync);
        api.MapPost("/palettes", services.GetRequiredService<ExtractionEndpoint>().PostAsync).AddEndpointFilter(new ChangeFilter(options).InvokeAsync);
        api.MapPost("/dead-letters/retry", letters.RetryAsync).AddEndpointFilter(new ChangeFilter(options).InvokeAsync);
    }
}
