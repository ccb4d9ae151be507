namespace Etl.Host.Telemetry;

/// <summary>The target of one signal.</summary>
/// <param name="Signal"><c>traces</c>, <c>metrics</c> or <c>logs</c>.</param>
/// <param name="Endpoint">The address, without secrets.</param>
/// <param name="Protocol"><c>grpc</c> or <c>http/protobuf</c>.</param>
internal sealed record OtlpTarget(string Signal, string Endpoint, string Protocol)
{
    public const string Traces = "traces";
    public const string Metrics = "metrics";
    public const string Logs = "logs";

    public override string ToString() => $"{Endpoint} ({Protocol})";
}
