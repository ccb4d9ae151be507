using Etl.Cluster;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using PaletteEtl.Telemetry;

namespace Etl.Host.Telemetry;

/// <summary>Registers the OpenTelemetry SDK. Only called when something is exported or scraped: nothing else loads it.</summary>
internal static class OpenTelemetryServices
{
    /// <summary>The meters that are exported: the program's own, the runtime's and that of covers over HTTP.</summary>
    private static readonly string[] Meters = [EtlTelemetry.MeterName, "System.Runtime", "System.Net.Http"];

    /// <summary>An address that refuses connections at once: the end of a provider exports even what has no metrics, and waits up to five
    /// seconds for a collector that does not respond.</summary>
    private const string Nowhere = "http://127.0.0.1:0";

    /// <summary>The settings, without targets if the SDK does not accept them: a certificate that is not there, for example, must not end
    /// a run.</summary>
    public static OtlpSettings Check(OtlpSettings settings)
    {
        if (settings.Targets.Count > 0 && Problem(settings) is { } problem)
        {
            settings.Disable(problem);
        }

        return settings;
    }

    /// <summary>Why the SDK does not accept settings; null when it does. A method of its own, because it loads the SDK.</summary>
    private static string? Problem(OtlpSettings settings)
    {
        var configuration = new ConfigurationManager();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        Add(services, configuration, settings, scraped: false, meters: []);
        configuration.AddInMemoryCollection(settings.Variables
            .Where(static variable => variable.Key.EndsWith("_ENDPOINT", StringComparison.Ordinal))
            .Select(static variable => KeyValuePair.Create(variable.Key, (string?)Nowhere)));
        try
        {
            using ServiceProvider provider = services.BuildServiceProvider();
            foreach (Type signal in (Type[])[typeof(TracerProvider), typeof(MeterProvider), typeof(LoggerProvider)])
            {
                _ = provider.GetService(signal);
            }

            return null;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return error.Message.Split('\n')[0].TrimEnd('.', '\r');
        }
    }

    /// <param name="services">The services to add to.</param>
    /// <param name="configuration">The configuration that the SDK reads.</param>
    /// <param name="settings">The signals to export and their targets.</param>
    /// <param name="scraped">Whether Prometheus can scrape the metrics too.</param>
    public static void Add(IServiceCollection services, IConfigurationBuilder configuration, OtlpSettings settings, bool scraped = false) =>
        Add(services, configuration, settings, scraped, Meters);

    private static void Add(
        IServiceCollection services, IConfigurationBuilder configuration, OtlpSettings settings, bool scraped, string[] meters)
    {
        configuration.AddInMemoryCollection(settings.Variables);
        string instance = Guid.NewGuid().ToString();
        OpenTelemetryBuilder telemetry = services.AddOpenTelemetry();
        if (settings.Targets.Count > 0)
        {
            telemetry.UseOtlpExporter();
        }

        telemetry
            .ConfigureResource(resource => resource
                .Clear()
                .AddTelemetrySdk()
                .AddService(settings.ServiceName, serviceVersion: ProgramVersion.Number, serviceInstanceId: instance)
                .AddEnvironmentVariableDetector()); // goes before what is above
        if (settings.Has(OtlpTarget.Metrics) || scraped)
        {
            telemetry.WithMetrics(metrics => (scraped ? metrics.AddPrometheusExporter() : metrics).AddMeter(meters));
        }

        if (settings.Has(OtlpTarget.Traces))
        {
            telemetry.WithTracing(traces => traces.AddSource(EtlTelemetry.ActivitySourceName).SetSampler(new MovieSampler(settings.TraceRatio)));
        }

        if (settings.Targets.Count > 0)
        {
            telemetry.WithLogging(static _ => { }, options =>
            {
                options.IncludeFormattedMessage = true;
                options.ParseStateValues = true;
            });
        }
    }
}
