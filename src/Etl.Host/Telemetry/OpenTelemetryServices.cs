using Etl.Cluster;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using PaletteEtl.Telemetry;

namespace Etl.Host.Telemetry;

/// <summary>Registers the OpenTelemetry SDK. Only called when something is exported or scraped: nothing else loads it.</summary>
internal static class OpenTelemetryServices
{
    /// <summary>The meters that are exported: the program's own, the runtime's and that of covers over HTTP.</summary>
    private static readonly string[] Meters = [EtlTags.Meter, "System.Runtime", "System.Net.Http"];

    /// <param name="services">The services to add to.</param>
    /// <param name="configuration">The configuration that the SDK reads.</param>
    /// <param name="settings">The signals to export and their targets.</param>
    /// <param name="scraped">Whether Prometheus can scrape the metrics too.</param>
    public static void Add(IServiceCollection services, IConfigurationBuilder configuration, OtlpSettings settings, bool scraped = false)
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
            telemetry.WithMetrics(metrics => (scraped ? metrics.AddPrometheusExporter() : metrics).AddMeter(Meters));
        }

        if (settings.Has(OtlpTarget.Traces))
        {
            telemetry.WithTracing(traces => traces.AddSource(EtlTags.Meter).SetSampler(new MovieSampler(settings.TraceRatio)));
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
