using Etl.Cluster.Workers;
using Etl.Host.Configuration;
using Etl.Host.Json;
using Etl.Host.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Etl.Host.Cluster;

/// <summary>The health endpoints of a worker.</summary>
internal static partial class WorkerEndpoints
{
    private const string Option = $"{WorkerOptions.Section}:{nameof(WorkerOptions.Urls)}";

    /// <summary>Starts listening at the addresses of the options; returns null when they have none.</summary>
    /// <exception cref="UserException">An address is not valid, or cannot be listened at.</exception>
    public static async Task<WebApplication?> StartAsync(EtlConfiguration configuration, WorkerHealth health, ILogger log)
    {
        if (configuration.Worker.Urls is not { } urls)
        {
            return null;
        }

        string[] addresses = ServiceAddress.Parse(Option, urls);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "etl" });
        builder.Configuration.AddConfiguration(configuration.Root);
        builder.WebHost.UseKestrel((context, kestrel) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Configure(context.Configuration.GetSection("Kestrel"));
        });
        builder.WebHost.UseUrls(addresses);
        builder.Services.AddRouting();
        WebApplication app = builder.Build();
        app.UseRouting();
        app.MapMethods("/health/live", Endpoints.Read, () => Answer.Of(HealthJson.Of(health.Stall() is { } stall ? [stall] : [])));
        app.MapMethods("/health/ready", Endpoints.Read, () => Answer.Of(HealthJson.Of(health.Problems())));
        await Listener.StartAsync(app, "The worker", addresses, Option);
        Listening(log, string.Join(", ", app.Urls.Select(static url => $"{url}/health/live")));
        return app;
    }

    [LoggerMessage(147, LogLevel.Information, "The health of the worker is shown at {Addresses:l}.")]
    private static partial void Listening(ILogger log, string addresses);
}
