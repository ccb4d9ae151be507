namespace Etl.Tests.Support.Otlp;

/// <summary>A data point: a number, or a histogram's sum, count and buckets.</summary>
internal sealed record OtlpPoint(
    OtlpAttributes Attributes, double Value, long Count, double[] Bounds, long[] Buckets, (string TraceId, string SpanId)[] Exemplars)
{
    public static OtlpPoint OfNumber(ProtoMessage point) => new(
        new OtlpAttributes(point.Messages(7)), point.Has(4) ? point.Double(4) : point.Number(6), Count: 1, [], [], ExemplarsOf(point, field: 5));

    public static OtlpPoint OfHistogram(ProtoMessage point) => new(
        new OtlpAttributes(point.Messages(9)),
        point.Double(5),
        point.Number(4),
        [.. point.Numbers(7).Select(BitConverter.Int64BitsToDouble)],
        point.Numbers(6),
        ExemplarsOf(point, field: 8));

    private static (string, string)[] ExemplarsOf(ProtoMessage point, int field) =>
        [.. point.Messages(field).Select(static exemplar => (exemplar.Hex(5), exemplar.Hex(4)))];
}
