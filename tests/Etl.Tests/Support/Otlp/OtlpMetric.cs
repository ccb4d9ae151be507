namespace Etl.Tests.Support.Otlp;

/// <summary>An instrument with its data points of one export.</summary>
internal sealed record OtlpMetric(string Scope, string Version, string Name, string Unit, string Description, string Kind, OtlpPoint[] Points, OtlpAttributes Resource)
{
    public static OtlpMetric Of(ProtoMessage metric, ProtoMessage scope, OtlpAttributes resource)
    {
        (string kind, int field) = metric.Has(5) ? ("gauge", 5) : metric.Has(9) ? ("histogram", 9) : ("sum", 7);
        ProtoMessage data = metric.Message(field);
        return new OtlpMetric(
            scope.Text(1),
            scope.Text(2),
            metric.Text(1),
            metric.Text(3),
            metric.Text(2),
            kind == "sum" && data.Number(3) == 1 ? "counter" : kind,
            [.. data.Messages(1).Select(point => kind == "histogram" ? OtlpPoint.OfHistogram(point) : OtlpPoint.OfNumber(point))],
            resource);
    }
}
