using System.ComponentModel.DataAnnotations;

namespace Etl.Host.Telemetry;

/// <summary>Where telemetry is exported to; bound from the configuration section <c>OpenTelemetry</c>. The standard
/// variables of the environment, such as <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, go before it.</summary>
internal sealed class OpenTelemetryOptions
{
    /// <summary>The configuration section these options are bound from.</summary>
    public const string Section = "OpenTelemetry";

    /// <summary>The address of what receives OTLP, such as <c>http://localhost:4317</c>. Default: none, nothing is exported.</summary>
    [RegularExpression("^https?://[^/?#@ ]+(/[^?#@ ]*)?$",
        ErrorMessage = "{0} must be an address such as http://localhost:4317, without user name and query.")]
    public string? Endpoint { get; set; }

    /// <summary>How it is sent there. Default: gRPC.</summary>
    public OtlpProtocol Protocol { get; set; } = OtlpProtocol.Grpc;

    /// <summary>Headers of every export, such as <c>Authorization</c>; their values are shown nowhere. Default: none.</summary>
    public IDictionary<string, string>? Headers { get; set; }

    /// <summary>The service's name in all telemetry. Default: <c>etl</c>.</summary>
    [Required, MinLength(1)]
    public string ServiceName { get; set; } = "etl";

    /// <summary>The share of movies that get a trace of their own; run and batches always have one. Default: 0.01.</summary>
    [Range(0.0, 1.0)]
    public double TraceRatio { get; set; } = 0.01;

    /// <summary>How often metrics are exported during a run; they are once more at its end. Default: 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan ExportInterval { get; set; } = TimeSpan.FromSeconds(10);
}
