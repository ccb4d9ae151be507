using System.Reflection;
using Etl.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Etl.Host.Telemetry;

/// <summary>Registers the OpenTelemetry SDK. Only called when something is exported: nothing else loads it.</summary>
internal static class OpenTelemetryServices
{
    /// <summary>The meters that are exported: the program's own, the runtime's and that of covers over HTTP.</summary>
    private static readonly string[] Meters = [EtlTags.Meter, "System.Runtime", "System.Net.Http"];

    public static void Add(HostApplicationBuilder builder, OtlpSettings settings)
    {
        builder.Configuration.AddInMemoryCollection(settings.Variables); // where the SDK looks them up
        string instance = Guid.NewGuid().ToString();
        IOpenTelemetryBuilder telemetry = builder.Services.AddOpenTelemetry()
            .UseOtlpExporter()
            .ConfigureResource(resource => resource
                .Clear()
                .AddTelemetrySdk()
                .AddService(settings.ServiceName, serviceVersion: Version, serviceInstanceId: instance)
                .AddEnvironmentVariableDetector()); // goes before what is above
        if (settings.Has(OtlpTarget.Metrics))
        {
            telemetry.WithMetrics(metrics => metrics.AddMeter(Meters));
        }

        if (settings.Has(OtlpTarget.Traces))
        {
            telemetry.WithTracing(traces => traces.AddSource(EtlTags.Meter).SetSampler(new MovieSampler(settings.TraceRatio)));
        }

        telemetry.WithLogging(static _ => { }, options =>
        {
            options.IncludeFormattedMessage = true;
            options.ParseStateValues = true;
        });
    }

    private static string Version =>
        typeof(OpenTelemetryServices).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
