using System.ComponentModel.DataAnnotations;

namespace Etl.Host.Telemetry;

/// <summary>Export of telemetry. The standard environment variables <c>OTEL_*</c> take precedence over this section. See
/// docs/observability.md.</summary>
/// <remarks>Bound from the configuration section <c>OpenTelemetry</c>.</remarks>
internal sealed class OpenTelemetryOptions
{
    /// <summary>The configuration section these options are bound from.</summary>
    public const string Section = "OpenTelemetry";

    /// <summary>URL of the OTLP receiver, such as <c>http://localhost:4317</c>. If not set, nothing is exported. Default: not
    /// set.</summary>
    [RegularExpression("^https?://[^/?#@ ]+(/[^?#@ ]*)?$",
        ErrorMessage = "{0} must be an address such as http://localhost:4317, without user name and query.")]
    public string? Endpoint { get; set; }

    /// <summary>Protocol of the export: <see cref="OtlpProtocol.Grpc"/> (collectors listen at port 4317) or
    /// <see cref="OtlpProtocol.HttpProtobuf"/> (port 4318). Default: Grpc.</summary>
    public OtlpProtocol Protocol { get; set; } = OtlpProtocol.Grpc;

    /// <summary>Headers of every export, such as <c>Authorization</c>. Their values are never shown. Default: not
    /// set.</summary>
    public IDictionary<string, string>? Headers { get; set; }

    /// <summary>Name of the service in all telemetry. Default: <c>etl</c>.</summary>
    [Required, MinLength(1)]
    public string ServiceName { get; set; } = "etl";

    /// <summary>Share of the movies, and of the runs of <c>etl serve</c> with fewer than 100 movies, that get their own trace. All other
    /// runs get one; so does a small run with failures, without its batches. Range: 0 to 1. Default: 0.01.</summary>
    [Range(0.0, 1.0)]
    public double TraceRatio { get; set; } = 0.01;

    /// <summary>Interval between exports of metrics during a run; they are also exported at its end. Range: 100 ms to 1 h.
    /// Default: 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan ExportInterval { get; set; } = TimeSpan.FromSeconds(10);
}
