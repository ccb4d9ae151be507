using System.Diagnostics.Metrics;
using Etl.Cluster.Workers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Hosting;
using PaletteEtl.Model;
using PaletteEtl.Pipeline;
using PaletteEtl.Service;
using PaletteEtl.Telemetry;

namespace Etl.Reference;

/// <summary>All instruments of a pipeline, with measurements of every kind of event.</summary>
internal sealed class MeasuredInstruments : IDisposable
{
    private static readonly string[] Stages = [StageNames.Fetch, StageNames.Decode, StageNames.Quantize, StageNames.Write];

    private readonly MeterListener _listener = new();
    private readonly OrderedDictionary<Instrument, List<KeyValuePair<string, object?>[]>> _tags = [];

    // No database is opened before a run begins.
    private readonly ServiceProvider _services =
        new ServiceCollection().AddEtl(new ConfigurationBuilder().Build()).BuildServiceProvider();

    public MeasuredInstruments()
    {
        IMeterFactory meters = _services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters && instrument.Meter.Name == EtlTelemetry.MeterName)
            {
                _tags[instrument] = [];
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, _, tags, _) => _tags[instrument].Add(tags.ToArray()));
        _listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => _tags[instrument].Add(tags.ToArray()));
        _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => _tags[instrument].Add(tags.ToArray()));
        _listener.Start();
        Measure(_services.GetRequiredService<EtlMetrics>(), _services.GetRequiredService<EtlPipeline>().CreateRun());
        _listener.RecordObservableInstruments();
    }

    /// <summary>The instruments in the order of their declaration, each with the attributes of its measurements.</summary>
    public IEnumerable<(Instrument Instrument, IReadOnlyCollection<KeyValuePair<string, object?>[]> Measurements)> All =>
        _tags.Select(static pair => (pair.Key, (IReadOnlyCollection<KeyValuePair<string, object?>[]>)pair.Value));

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
    }

    private static void Measure(EtlMetrics metrics, EtlRun run)
    {
        foreach (string stage in Stages)
        {
            metrics.ItemWaited(stage, default);
            metrics.StageCompleted(stage, default, failure: null);
        }

        foreach (Failure failure in Stages.SelectMany(static stage => Enum.GetValues<FailureReason>().Select(
            reason => new Failure(stage, reason, "", Version: null))))
        {
            metrics.StageCompleted(failure.Stage, default, failure);
            metrics.MovieSettled(default, failure);
            metrics.DeadLetterWritten(failure, isRetry: false);
            metrics.DeadLetterWritten(failure, isRetry: true);
        }

        metrics.RequestRepeated();
        metrics.ResultUnused();
        metrics.WorkersSeen(Array.ConvertAll(Enum.GetNames<WorkerState>(), static state => (state.ToLowerInvariant(), 1)));
        metrics.ServiceStarted(new ServiceGauges(
            static () => new CatalogueGauges(
                Array.ConvertAll((string[])["complete", "pending", "failed", "unreadable"], static state => (state, 1L)),
                [.. Enum.GetValues<FailureReason>().Select(static reason => (reason, 1L))],
                TimeSpan.Zero),
            static () => "",
            Array.ConvertAll(Enum.GetNames<ServiceState>(), static state => state.ToLowerInvariant()),
            static () => [(ReadinessCheck.Database, true), (ReadinessCheck.Covers, true), (ReadinessCheck.Broker, true)]));
        metrics.CoverFetched(1);
        metrics.MovieSettled(default, failure: null);
        metrics.DatabaseAnswered(DatabaseMonitor.Select, "movies", default, error: null);
        metrics.DatabaseAnswered(DatabaseMonitor.BatchUpdate, "movies", default, error: 5);
        foreach (string trigger in (string[])[EtlTags.Full, EtlTags.Interval, EtlTags.End])
        {
            metrics.BatchWritten(new BatchResult { Written = 1, Superseded = 1, Skipped = 1, Damaged = 1, Current = 1 }, 4, trigger);
        }

        metrics.MoviesAbandoned(1);
        metrics.SupersededMissing(1);
        run.Counted(1);
        metrics.RunStarted(run.Gauges);
    }
}
