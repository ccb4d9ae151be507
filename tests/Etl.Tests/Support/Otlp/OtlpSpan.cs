namespace Etl.Tests.Support.Otlp;

/// <summary>A span.</summary>
internal sealed record OtlpSpan(
    string TraceId, string SpanId, string ParentId, string Name, OtlpAttributes Attributes,
    (string Name, OtlpAttributes Attributes)[] Events, (string TraceId, string SpanId)[] Links,
    long DroppedEvents, long DroppedLinks, long Status, string StatusMessage, OtlpAttributes Resource)
{
    public static OtlpSpan Of(ProtoMessage span, OtlpAttributes resource) => new(
        span.Hex(1),
        span.Hex(2),
        span.Hex(4),
        span.Text(5),
        new OtlpAttributes(span.Messages(9)),
        [.. span.Messages(11).Select(one => (one.Text(2), new OtlpAttributes(one.Messages(3))))],
        [.. span.Messages(13).Select(one => (one.Hex(1), one.Hex(2)))],
        span.Number(12),
        span.Number(14),
        span.Message(15).Number(3),
        span.Message(15).Text(2),
        resource);
}
