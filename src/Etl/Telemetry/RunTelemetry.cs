using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace PaletteEtl.Telemetry;

/// <summary>Records one run: its instruments, its spans and its log lines.</summary>
internal sealed class RunTelemetry(EtlMetrics metrics, TimeProvider clock, ILogger log)
{
    /// <summary>Maximum number of failures that become events of the run's span, which stays in memory until it ends.</summary>
    private const int EventLimit = 1_000;

    private ActivityLink[] _links = [];
    private int _events;
    private long _read;

    /// <summary>Runs with fewer movies log their totals at Debug, and all runs their start and batches; 0 for the usual levels.
    /// The caller logs a summary of many runs.</summary>
    public long QuietBelow { get; set; }

    /// <summary>The run's span; null when nobody listens.</summary>
    public Activity? Span { get; private set; }

    /// <summary>The run begins; how many movies it has is not known yet.</summary>
    public void Started(string database, IEnumerable<string> locations)
    {
        Span = EtlActivities.StartRun();
        _links = Span is null ? [] : [new ActivityLink(Span.Context)];
        SampleIf(QuietBelow == 0);
        string shown = string.Join(", ", locations);
        Log.RunStarted(log, QuietBelow > 0 ? LogLevel.Debug : LogLevel.Information, database, shown);
    }

    /// <summary>A movie was read. Returns its span; null unless it is sampled.</summary>
    /// <param name="movie">The movie.</param>
    /// <param name="since">The timestamp at which it was asked for.</param>
    public Activity? MovieRead(Movie movie, long since)
    {
        SampleIf(++_read == QuietBelow);
        return EtlActivities.StartMovie(movie, _links, clock.GetElapsedTime(since));
    }

    /// <summary>A batch is committed.</summary>
    /// <param name="items">The movies.</param>
    /// <param name="outcomes">Their outcomes, in the same order.</param>
    /// <param name="batch">The sums of the outcomes.</param>
    /// <param name="trigger">Why the batch was written when it was.</param>
    public void BatchWritten<T>(Item<T>[] items, Outcome[] outcomes, BatchResult batch, string trigger)
    {
        for (int i = 0; i < items.Length; i++)
        {
            MovieSettled(items[i], outcomes[i]);
        }

        metrics.BatchWritten(batch, items.Length, trigger);
        Log.BatchWritten(log, QuietBelow > 0 ? LogLevel.Debug : LogLevel.Warning, batch, outcomes);
    }

    public void Ended(in RunEnd end)
    {
        metrics.MoviesAbandoned(end.Abandoned);
        metrics.SupersededMissing(end.SupersededMissing);
        if (Span is not null)
        {
            Activity.Current = Span; // so that what is logged is part of its trace, from wherever the run is ended
        }

        bool isQuiet = end.Read < QuietBelow && end is { Fault: null, IsCompleted: true };
        Log.RunEnded(log, isQuiet ? LogLevel.Debug : LogLevel.Information, end);
        SampleIf(end.Fault is not null || end.Totals.DeadLetters > 0);
        EtlActivities.End(Span, end, end.Totals.DeadLetters - _events);
    }

    /// <summary>Samples the run from now on. A sampler that keeps the data of a run leaves that to its course.</summary>
    private void SampleIf(bool isNoted)
    {
        if (isNoted && Span is { IsAllDataRequested: true })
        {
            Span.ActivityTraceFlags |= ActivityTraceFlags.Recorded;
        }
    }

    private void MovieSettled<T>(in Item<T> item, Outcome outcome)
    {
        metrics.MovieSettled(clock.GetElapsedTime(item.ReadAt), outcome.Failure, item.Span);
        if (outcome.Failure is { } failure)
        {
            metrics.DeadLetterWritten(failure, isRetry: item.Movie.Previous is not null, item.Span);
            Log.MovieFailed(log, item.Movie.Id.Shown, failure.Stage, failure.Reason.Name(), failure.Message);
            if (_events < EventLimit && Span is not null)
            {
                _events++;
                Span.AddEvent(EtlActivities.DeadLetter(item.Movie, failure));
            }
        }

        EtlActivities.End(item.Span, outcome);
    }
}
