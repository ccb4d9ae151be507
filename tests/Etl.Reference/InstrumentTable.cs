using System.Diagnostics.Metrics;
using PaletteEtl.Model;

namespace Etl.Reference;

/// <summary>The table of instruments in <c>docs/observability.md</c>, with the attributes that measurements have.</summary>
internal static class InstrumentTable
{
    public static IEnumerable<string> Lines()
    {
        using var measured = new MeasuredInstruments();
        return
        [
            "| instrument | kind, unit | attributes | description | in Prometheus |",
            "| --- | --- | --- | --- | --- |",
            .. measured.All.Select(static pair => Row(pair.Instrument, pair.Measurements)),
        ];
    }

    private static string Row(Instrument instrument, IReadOnlyCollection<KeyValuePair<string, object?>[]> measurements) =>
        $"| `{instrument.Name}` | {KindOf(instrument)}, `{instrument.Unit}` | {AttributesOf(measurements)} | {instrument.Description} "
        + $"| `{PrometheusNameOf(instrument)}` |";

    private static string KindOf(Instrument instrument)
    {
        string type = instrument.GetType().Name;
        return type.Contains("Histogram", StringComparison.Ordinal) ? "histogram"
            : type.Contains("Counter", StringComparison.Ordinal) ? "counter"
            : "gauge";
    }

    private static string AttributesOf(IReadOnlyCollection<KeyValuePair<string, object?>[]> measurements)
    {
        IEnumerable<string> attributes =
            from tag in measurements.SelectMany(static tags => tags)
            group tag.Value!.ToString()! by tag.Key into values
            let always = values.Count() == measurements.Count
            select $"`{values.Key}`: {ValuesOf(values.Key, [.. values.Distinct()])}{(always ? "" : ", when failed")}";
        return string.Join("; ", attributes);
    }

    private static string ValuesOf(string attribute, string[] values) =>
        attribute == "db.collection.name" ? "the table of movies"
        : values.All(static value => char.IsDigit(value[0])) ? "SQLite's result code"
        : values.Length == FailureReasons.All.Count ? "a [reason](architecture.md#dead-letters)"
        : string.Join(", ", values.Select(static value => $"`{value}`"));

    /// <summary>The name that Prometheus gives to an instrument received by OTLP, and that its exporters show.</summary>
    private static string PrometheusNameOf(Instrument instrument)
    {
        string unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        string kind = KindOf(instrument) switch { "histogram" => "_bucket", "counter" => "_total", _ => "" };
        return instrument.Name.Replace('.', '_') + unit + kind;
    }
}
