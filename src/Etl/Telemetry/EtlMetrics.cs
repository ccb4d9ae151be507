using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Etl.Pipeline;

namespace Etl.Telemetry;

/// <summary>All instruments. Callers say what happened; nobody else touches an instrument.</summary>
internal sealed class EtlMetrics
{
    private static readonly double[] DurationBounds =
    [
        0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30,
    ];

    private readonly ConcurrentDictionary<(string Stage, string State), double> _finishedWorkerSeconds = new();
    private readonly Histogram<double> _stageDuration;
    private readonly Counter<long> _retries;
    private volatile RunMonitor? _run;

    public EtlMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(EtlTags.Meter);
        _stageDuration = meter.CreateHistogram(
            "etl.stage.duration", "s", "Time a stage worked on one item, without waiting for memory.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = DurationBounds });
        _retries = meter.CreateCounter<long>(
            "etl.fetch.retries", "{request}", "Requests for covers that were repeated after one that failed.");
        meter.CreateObservableGauge(
            "etl.stage.items.held", ItemsHeld, "{item}", "Items a stage holds: waiting, in progress, or finished and not taken.");
        meter.CreateObservableCounter(
            "etl.stage.worker.time", WorkerTime, "s", "Time of a stage's workers: busy, blocked by a full stage, or starved.");
    }

    /// <summary>A run begins; it stays observable after its end, until the next begins.</summary>
    public void RunStarted(RunMonitor run)
    {
        if (Interlocked.Exchange(ref _run, run) is { } finished)
        {
            foreach ((string stage, string state, double seconds) in WorkerSeconds(finished))
            {
                _finishedWorkerSeconds.AddOrUpdate((stage, state), seconds, (_, before) => before + seconds);
            }
        }
    }

    /// <summary>A stage is done with an item, well or not.</summary>
    public void StageCompleted(string stage, TimeSpan duration, Failure? failure)
    {
        var tags = new TagList { { EtlTags.Stage, stage } };
        if (failure is { Stands: false })
        {
            tags.Add(EtlTags.ErrorType, failure.Reason.Name());
        }

        _stageDuration.Record(duration.TotalSeconds, tags);
    }

    /// <summary>A request for a cover failed and is sent again.</summary>
    public void RequestRepeated() => _retries.Add(1);

    private IEnumerable<Measurement<int>> ItemsHeld()
    {
        foreach (StageMonitor stage in _run?.Stages ?? [])
        {
            yield return new(stage.Report().Held, new KeyValuePair<string, object?>(EtlTags.Stage, stage.Name));
        }
    }

    private IEnumerable<Measurement<double>> WorkerTime()
    {
        foreach ((string stage, string state, double seconds) in _run is { } run ? WorkerSeconds(run) : [])
        {
            double before = _finishedWorkerSeconds.GetValueOrDefault((stage, state));
            yield return new(before + seconds, new TagList { { EtlTags.Stage, stage }, { EtlTags.State, state } });
        }
    }

    private static IEnumerable<(string Stage, string State, double Seconds)> WorkerSeconds(RunMonitor run)
    {
        foreach (StageReport stage in run.Stages.Select(stage => stage.Report()))
        {
            yield return (stage.Name, EtlTags.Busy, stage.Busy.TotalSeconds);
            yield return (stage.Name, EtlTags.Blocked, stage.Blocked.TotalSeconds);
            yield return (stage.Name, EtlTags.Starved, stage.Starved.TotalSeconds);
        }
    }
}
