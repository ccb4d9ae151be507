using Etl.Host.Configuration;
using Etl.Host.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Serilog;
using Serilog.Events;

namespace Etl.Host;

/// <summary>Builds the services of a command: the pipeline over a configuration, and Serilog.</summary>
internal static class EtlServices
{
    /// <summary>A host with the pipeline, its options validated.</summary>
    /// <param name="configuration">The effective configuration.</param>
    /// <param name="console">Where log lines are shown.</param>
    /// <param name="level">The least level that is shown there.</param>
    /// <param name="export">What telemetry is exported; null for none.</param>
    /// <param name="add">Adds or replaces services.</param>
    public static IHost Build(
        EtlConfiguration configuration,
        ConsoleLog console,
        LogEventLevel level,
        OtlpSettings? export = null,
        Action<IServiceCollection>? add = null)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { ApplicationName = "etl" });
        builder.Configuration.AddConfiguration(configuration.Root);
        if (export is { Targets.Count: > 0 })
        {
            OpenTelemetryServices.Add(builder, export);
        }

        AddLogging(builder.Services, configuration, console, level, export);
        add?.Invoke(builder.Services); // first: what is there already is not added again
        builder.Services.AddEtl(builder.Configuration);
        IHost host = builder.Build();
        _ = host.Services.GetRequiredService<IOptions<EtlOptions>>().Value; // throws what the validators found
        return host;
    }

    public static void AddLogging(
        IServiceCollection services, EtlConfiguration configuration, ConsoleLog console, LogEventLevel level, OtlpSettings? export) =>
        services.AddSerilog(
            (_, logger) => logger
                .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
                .MinimumLevel.Override("System", LogEventLevel.Warning)
                .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LogEventLevel.Fatal) // the command tells
                .ReadFrom.Section(configuration.Root)
                .WriteTo.Sink(console, level),
            writeToProviders: export?.Has(OtlpTarget.Logs) == true);
}
