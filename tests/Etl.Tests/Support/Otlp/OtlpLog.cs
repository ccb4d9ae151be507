namespace Etl.Tests.Support.Otlp;

/// <summary>A log record.</summary>
internal sealed record OtlpLog(
    string Scope, string Severity, string Body, string TraceId, string SpanId, OtlpAttributes Attributes, OtlpAttributes Resource)
{
    public static OtlpLog Of(ProtoMessage log, string scope, OtlpAttributes resource) => new(
        scope,
        log.Text(3),
        OtlpAttributes.TextOf(log.Message(5)),
        log.Hex(9),
        log.Hex(10),
        new OtlpAttributes(log.Messages(6)),
        resource);
}
