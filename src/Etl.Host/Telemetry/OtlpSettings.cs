using System.Globalization;

namespace Etl.Host.Telemetry;

/// <summary>The signals to export and their targets. The standard variables take precedence over the section <c>OpenTelemetry</c>.</summary>
internal sealed class OtlpSettings
{
    private const string Grpc = "grpc";
    private const string HttpProtobuf = "http/protobuf";

    private static readonly string[] Signals = [OtlpTarget.Traces, OtlpTarget.Metrics, OtlpTarget.Logs];

    private readonly List<string> _problems = [];
    private readonly Dictionary<string, string?> _variables;

    public OtlpSettings(OpenTelemetryOptions options, IReadOnlyDictionary<string, string> environment)
    {
        ServiceName = options.ServiceName;
        _variables = OfSection(options, _problems);
        foreach ((string name, string value) in environment)
        {
            if (name.StartsWith("OTEL_", StringComparison.Ordinal) && value.Length > 0)
            {
                _variables[name] = IsHeaders(name) ? OtlpHeaders.OfVariable(name, value, _problems) : value;
            }
        }

        bool disabled = string.Equals(Of("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase);
        Targets = disabled ? [] : [.. Signals.Select(TargetOf).OfType<OtlpTarget>()];
        TraceRatio = RatioOf(options);
    }

    /// <summary>All that the SDK reads, by the names of the standard variables.</summary>
    public IReadOnlyDictionary<string, string?> Variables => _variables;

    /// <summary>The signals that are exported; none unless an endpoint is set.</summary>
    public IReadOnlyList<OtlpTarget> Targets { get; private set; }

    public string ServiceName { get; }

    /// <summary>The share of movies that are traced.</summary>
    public double TraceRatio { get; }

    /// <summary>Problems with the variables, one sentence each. They end no run, because other programs use the variables too.</summary>
    public IEnumerable<string> Problems => _problems.Distinct();

    /// <summary>Exports nothing, because of a problem.</summary>
    public void Disable(string problem)
    {
        Targets = [];
        _problems.Add($"{problem}: nothing is exported");
    }

    public bool Has(string signal) => Targets.Any(target => target.Signal == signal);

    private static bool IsHeaders(string variable) =>
        variable.StartsWith("OTEL_EXPORTER_OTLP_", StringComparison.Ordinal) && variable.EndsWith("HEADERS", StringComparison.Ordinal);

    private static Dictionary<string, string?> OfSection(OpenTelemetryOptions options, List<string> problems) => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = options.Endpoint,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = options.Protocol == OtlpProtocol.Grpc ? Grpc : HttpProtobuf,
        ["OTEL_EXPORTER_OTLP_HEADERS"] = options.Headers is null ? null : OtlpHeaders.OfSection(options.Headers, problems),
        ["OTEL_METRIC_EXPORT_INTERVAL"] = options.ExportInterval.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture),

        // Measurements of sampled movies lead to their traces.
        ["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based",

        // The SDK's own limits, 128 each, would cut off failures of a run and movies of a batch.
        ["OTEL_SPAN_EVENT_COUNT_LIMIT"] = "1000",
        ["OTEL_SPAN_LINK_COUNT_LIMIT"] = "65536",
    };

    private string? Of(string variable) => _variables.GetValueOrDefault(variable);

    /// <summary>A variable of one signal, or else that of all.</summary>
    private (string Name, string? Value) Of(string signal, string suffix)
    {
        string own = $"OTEL_EXPORTER_OTLP_{signal.ToUpperInvariant()}_{suffix}";
        return Of(own) is { } value ? (own, value) : ($"OTEL_EXPORTER_OTLP_{suffix}", Of($"OTEL_EXPORTER_OTLP_{suffix}"));
    }

    private OtlpTarget? TargetOf(string signal)
    {
        (string endpointName, string? endpoint) = Of(signal, "ENDPOINT");
        (string protocolName, string? protocol) = Of(signal, "PROTOCOL");
        if (endpoint is null || !IsExported(signal))
        {
            return null;
        }

        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
        {
            return Refuse($"{endpointName} is not an address such as http://localhost:4317");
        }

        return protocol is Grpc or HttpProtobuf
            ? new OtlpTarget(signal, $"{uri.Scheme}://{uri.Authority}{uri.AbsolutePath.TrimEnd('/')}", protocol)
            : Refuse($"{protocolName} is '{protocol}', which is neither {Grpc} nor {HttpProtobuf}");
    }

    private bool IsExported(string signal)
    {
        string name = $"OTEL_{signal.ToUpperInvariant()}_EXPORTER";
        string[] exporters = (Of(name) ?? "otlp").Split(',', StringSplitOptions.TrimEntries);
        if (exporters.Except(["otlp", "none"]).FirstOrDefault() is { } unknown)
        {
            _problems.Add($"{name} names '{unknown}', which is neither otlp nor none");
        }

        return exporters.Contains("otlp");
    }

    private double RatioOf(OpenTelemetryOptions options)
    {
        string? sampler = Of("OTEL_TRACES_SAMPLER");
        switch (sampler)
        {
            case null:
                return options.TraceRatio;
            case "always_on" or "parentbased_always_on":
                return 1;
            case "always_off" or "parentbased_always_off":
                return 0;
            case "traceidratio" or "parentbased_traceidratio":
                string text = Of("OTEL_TRACES_SAMPLER_ARG") ?? "1";
                if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double ratio) && ratio <= 1)
                {
                    return ratio;
                }

                _problems.Add($"OTEL_TRACES_SAMPLER_ARG is '{text}', which is not a number from 0 to 1");
                return options.TraceRatio;
            default:
                _problems.Add($"OTEL_TRACES_SAMPLER is '{sampler}'; supported are always_on, always_off and traceidratio");
                return options.TraceRatio;
        }
    }

    private OtlpTarget? Refuse(string problem)
    {
        _problems.Add($"{problem}: this signal is not exported");
        return null;
    }
}
