using Etl.Cluster;
using Etl.Host.Configuration;
using Etl.Host.Recovery;
using Etl.Host.Run;
using Etl.Host.Telemetry;
using Etl.Host.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using PaletteEtl.Service;
using PaletteEtl.Telemetry;
using Serilog;
using Serilog.Events;

namespace Etl.Host.Service;

/// <summary>Builds the host of <c>etl serve</c>: the service, its page and its endpoints.</summary>
internal static class ServiceHost
{
    /// <summary>Maximum time that the shutdown takes in addition to the drain.</summary>
    private static readonly TimeSpan EndingTime = TimeSpan.FromSeconds(5);

    public static WebApplication Build(ConfigurationOrigin origin, string[] addresses, ConsoleLog console, OtlpSettings export)
    {
        EtlConfiguration configuration = origin.First;
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "etl" });
        builder.Configuration.AddConfiguration(configuration.Root);
        builder.WebHost.UseKestrel((context, kestrel) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1 << 20;
            kestrel.Configure(context.Configuration.GetSection("Kestrel"));
        });
        if (!configuration.KestrelUrls().Any())
        {
            builder.WebHost.UseUrls(addresses);
        }

        OpenTelemetryServices.Add(builder.Services, builder.Configuration, export, scraped: true);
        EtlServices.AddLogging(builder.Services, configuration, console, LogEventLevel.Verbose, export, Hush);
        AddSystemd(builder.Services);
        builder.Services.AddWindowsService();
        builder.Services.AddRouting();
        builder.Services.Configure<RouteHandlerOptions>(static options => options.ThrowOnBadRequest = true); // else the answer is empty
        builder.Services.Configure<HostFilteringOptions>(options =>
            options.AllowedHosts = ServiceAddress.HostsOf(addresses));
        builder.Services.Configure<HostOptions>(options =>
            options.ShutdownTimeout = configuration.Options.DrainTimeout + EndingTime);
        Add(builder.Services, origin);

        WebApplication app = builder.Build();
        EtlServices.OpenLog(app.Services);
        app.UseHostFiltering();
        app.UseSecurityHeaders();
        app.UseBadRequests();
        app.UseRouting();
        app.MapEndpoints(configuration.Service);
        return app;
    }

    /// <summary>Of ASP.NET Core, what is to be mended alone. The command tells the rest, and why the host stops.</summary>
    private static void Hush(LoggerConfiguration logger) => logger
        .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
        .MinimumLevel.Override("System", LogEventLevel.Warning)
        .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LevelAlias.Off);

    private static void Add(IServiceCollection services, ConfigurationOrigin origin)
    {
        services.AddMetrics();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<EtlMetrics>();
        services.AddSingleton(origin);
        services.AddSingleton(new ConfigurationInForce(origin.First));
        services.AddSingleton(static provider => SignalsOf(provider));
        services.AddSingleton(new CrashLog(origin.First.Options.Query.Database));
        services.AddSingleton<ClusterState>();
        services.AddSingleton<ServeProgram>();
        services.AddSingleton<PaletteFeed>();
        services.AddSingleton<EventStream>();
        services.AddSingleton<CatalogueAccess>();
        services.AddSingleton<PaletteEndpoints>();
        services.AddSingleton<ThumbnailEndpoint>();
        services.AddSingleton<DeadLetterEndpoints>();
        services.AddSingleton<PauseEndpoints>();
        services.AddSingleton<ExplainEndpoint>();
        services.AddSingleton<ExtractionEndpoint>();
        services.AddSingleton<StatusBoard>();
        services.AddHostedService<ConfigurationReload>();
        services.AddHostedService<Watchdog>();
        services.AddHostedService<ClusterWatch>();
        services.AddHostedService(static provider => provider.GetRequiredService<StatusBoard>());
        services.AddService(key: null, static provider => provider.GetRequiredService<ServeProgram>());
        services.AddHostedService<ServiceEnd>();
    }

    /// <summary>Not by AddSystemd, which looks at the name of the parent process: a unit that hides other users' processes
    /// hides that as well.</summary>
    private static void AddSystemd(IServiceCollection services)
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is { Length: > 0 })
        {
            services.AddSingleton<ISystemdNotifier, Systemd>();
            services.AddSingleton<IHostLifetime, SystemdLifetime>();
        }
    }

    private static Signals SignalsOf(IServiceProvider provider)
    {
        ILogger<EtlService> log = provider.GetRequiredService<ILogger<EtlService>>();
        TimeSpan limit = provider.GetRequiredService<ConfigurationOrigin>().First.Options.DrainTimeout;
        return new Signals(limit, provider.GetRequiredService<TimeProvider>(), line => RunLog.Line(log, line), hangUpDrains: false);
    }
}
