using System.Diagnostics.Metrics;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Model;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;

namespace Etl.Tests.Support;

/// <summary>The rows of the documents' table of instruments, made by having everything happen that is measured.</summary>
internal sealed class InstrumentTable : IDisposable
{
    private static readonly string[] Stages = [StageNames.Fetch, StageNames.Decode, StageNames.Quantize, StageNames.Write];

    private readonly TestMeterFactory _meters = new();
    private readonly MeterListener _listener = new();
    private readonly List<Instrument> _instruments = [];
    private readonly Dictionary<Instrument, List<KeyValuePair<string, object?>[]>> _tags = [];

    public InstrumentTable()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == _meters)
            {
                _instruments.Add(instrument);
                _tags[instrument] = [];
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, _, tags, _) => _tags[instrument].Add(tags.ToArray()));
        _listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => _tags[instrument].Add(tags.ToArray()));
        _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => _tags[instrument].Add(tags.ToArray()));
        _listener.Start();
        Measure(new EtlMetrics(_meters));
        _listener.RecordObservableInstruments();
    }

    /// <summary>A row for each instrument, in the order of their declaration.</summary>
    public IEnumerable<string> Rows => _instruments.Select(instrument =>
        $"| `{instrument.Name}` | {KindOf(instrument)}, `{instrument.Unit}` | {AttributesOf(instrument)} | {instrument.Description} | `{PrometheusNameOf(instrument)}` |");

    public void Dispose()
    {
        _listener.Dispose();
        _meters.Dispose();
    }

    private static void Measure(EtlMetrics metrics)
    {
        Failure[] failures = [.. Stages.SelectMany(stage => Enum.GetValues<FailureReason>().Select(
            reason => new Failure(stage, reason, "", Version: null)))];
        foreach (string stage in Stages)
        {
            metrics.ItemWaited(stage, default);
            metrics.StageCompleted(stage, default, failure: null);
        }

        foreach (Failure failure in failures)
        {
            metrics.StageCompleted(failure.Stage, default, failure);
            metrics.MovieSettled(default, failure);
            metrics.DeadLetterWritten(failure);
        }

        metrics.RequestRepeated();
        metrics.ResultUnused();
        metrics.CoverFetched(1);
        metrics.MovieSettled(default, failure: null);
        metrics.MoviesAbandoned(1);
        metrics.SupersededMissing(1);
        metrics.DatabaseAnswered(DatabaseMonitor.Select, "movies", default, error: null);
        metrics.DatabaseAnswered(DatabaseMonitor.BatchUpdate, "movies", default, error: 5);
        foreach (string trigger in (string[])[EtlTags.Full, EtlTags.Interval, EtlTags.End])
        {
            metrics.BatchWritten(new BatchResult(1, 0, 1, 1, Damaged: 1), 3, trigger);
        }

        EtlPipeline pipeline = new PipelineBuilder(Movies.Missing(0)).Build();
        EtlRun run = pipeline.CreateRun();
        run.Counted(1);
        metrics.RunStarted(run.Gauges);
    }

    private static string KindOf(Instrument instrument)
    {
        string type = instrument.GetType().Name;
        return type.Contains("Histogram", StringComparison.Ordinal) ? "histogram"
            : type.Contains("Counter", StringComparison.Ordinal) ? "counter"
            : "gauge";
    }

    private string AttributesOf(Instrument instrument)
    {
        IEnumerable<string> attributes =
            from tag in _tags[instrument].SelectMany(tags => tags)
            group tag.Value!.ToString()! by tag.Key into values
            let always = values.Count() == _tags[instrument].Count
            select $"`{values.Key}`: {ValuesOf(values.Key, [.. values.Distinct()])}{(always ? "" : ", when failed")}";
        return string.Join("; ", attributes);
    }

    private static string ValuesOf(string attribute, string[] values) =>
        attribute == "db.collection.name" ? "the table of movies"
        : values.All(static value => char.IsDigit(value[0])) ? "SQLite's result code"
        : values.Length == FailureReasons.All.Count ? "a [reason](architecture.md#dead-letters)"
        : string.Join(", ", values.Select(value => $"`{value}`"));

    /// <summary>As Prometheus names what it gets by OTLP, and what the exporters for it show.</summary>
    private static string PrometheusNameOf(Instrument instrument)
    {
        string unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        string kind = KindOf(instrument) switch { "histogram" => "_bucket", "counter" => "_total", _ => "" };
        return instrument.Name.Replace('.', '_') + unit + kind;
    }
}
