using Etl.Host.Configuration;
using Etl.Host.Outputs;
using Etl.Host.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Events;

namespace Etl.Host;

/// <summary>Builds the services of a command: the pipeline over a configuration, and Serilog.</summary>
internal static class EtlServices
{
    /// <summary>A provider of the pipeline.</summary>
    /// <param name="configuration">The effective configuration.</param>
    /// <param name="console">The sink of log lines.</param>
    /// <param name="level">The minimum level of the console.</param>
    /// <param name="export">The telemetry to export; null for none.</param>
    /// <param name="compose">Adds services, and replaces or decorates parts of the pipeline.</param>
    public static ServiceProvider Build(
        EtlConfiguration configuration,
        ConsoleLog console,
        LogEventLevel level,
        OtlpSettings? export = null,
        Action<IServiceCollection, EtlBuilder>? compose = null)
    {
        var services = new ServiceCollection();
        var settings = new ConfigurationManager();
        settings.AddConfiguration(configuration.Root);
        services.AddSingleton<IConfiguration>(settings);
        if (export is { Targets.Count: > 0 })
        {
            OpenTelemetryServices.Add(services, settings, export);
        }

        AddLogging(services, configuration, console, level, export);
        services.AddEtl(configuration.Options, etl => compose?.Invoke(services, etl));
        ServiceProvider provider = services.BuildServiceProvider();
        OpenLog(provider);
        return provider;
    }

    /// <summary>Adds Serilog as it is configured.</summary>
    /// <param name="services">The services to add Serilog to.</param>
    /// <param name="configuration">The effective configuration.</param>
    /// <param name="console">The sink of log lines.</param>
    /// <param name="level">The minimum level of the console.</param>
    /// <param name="export">The telemetry to export; null for none.</param>
    /// <param name="add">Sets defaults, which the configuration overrides.</param>
    public static void AddLogging(
        IServiceCollection services,
        EtlConfiguration configuration,
        ConsoleLog console,
        LogEventLevel level,
        OtlpSettings? export,
        Action<LoggerConfiguration>? add = null)
    {
        _ = FilesInUse.Of(configuration); // throws when Serilog would write into one of them
        services.AddSerilog(
            (_, logger) =>
            {
                add?.Invoke(logger); // first: what is configured goes before it
                logger.ReadFrom.Section(configuration.Root).WriteTo.Sink(console, level);
            },
            preserveStaticLogger: true, // which another run in the same process may use
            writeToProviders: export?.Has(OtlpTarget.Logs) == true);
        services.AddSingleton(provider => new LogClosing(provider.GetRequiredService<ILoggerFactory>(), console, level));
    }

    /// <summary>Opens the logs; throws what Serilog does not know. The container disposes in reverse order of creation, so the
    /// closing comes last and is disposed before the logger.</summary>
    public static void OpenLog(IServiceProvider provider) => _ = provider.GetRequiredService<LogClosing>();
}
