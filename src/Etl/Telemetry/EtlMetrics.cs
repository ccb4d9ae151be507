using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace PaletteEtl.Telemetry;

/// <summary>All instruments. Callers say what happened; nobody else touches an instrument.</summary>
internal sealed class EtlMetrics
{
    // 0.1 ms to 30 s: what the stages take, from a palette's cut to a cover from a slow server.
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries =
            [0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30],
    };

    private static readonly InstrumentAdvice<long> Bytes = new()
    {
        HistogramBucketBoundaries = [.. Enumerable.Range(0, 9).Select(static i => 1024L << (2 * i))],
    };

    private static readonly InstrumentAdvice<int> BatchSizes = new()
    {
        HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 4096, 16384, 65536],
    };

    private readonly ConcurrentDictionary<(string Stage, string State), double> _finishedWorkerSeconds = new();
    private readonly Histogram<double> _stageDuration;
    private readonly Histogram<double> _stageWait;
    private readonly Histogram<double> _movieDuration;
    private readonly Histogram<double> _database;
    private readonly Histogram<long> _coverSize;
    private readonly Histogram<int> _batchSize;
    private readonly Counter<long> _movies;
    private readonly Counter<long> _supersededMissing;
    private readonly Counter<long> _deadLetters;
    private readonly Counter<long> _damagedCovers;
    private readonly ObservableGauge<long> _pending;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _unusedResults;
    private volatile RunGauges? _run;
    private volatile (string State, int Workers)[] _workers = [];
    private volatile RefreshGauges? _refresh;
    private volatile ServiceGauges? _service;

    /// <param name="meters">Creates the meter.</param>
    /// <param name="pipeline">The key of the pipeline, which its meter has as a tag; null for the only one of a program.</param>
    public EtlMetrics(IMeterFactory meters, string? pipeline = null)
    {
        Meter meter = meters.Create(new MeterOptions(EtlTelemetry.MeterName)
        {
            Version = EtlTelemetry.Version,
            Tags = pipeline is null ? null : [new(EtlTags.Pipeline, pipeline)],
        });
        _stageDuration = meter.CreateHistogram(
            "etl.stage.duration", "s", "Time a stage worked on an item, without waiting for memory or for the end of an outage.", advice: Seconds);
        _stageWait = meter.CreateHistogram(
            "etl.stage.wait.duration", "s", "Time an item waited before its stage took it, or for the end of an outage.", advice: Seconds);
        _retries = meter.CreateCounter<long>(
            "etl.fetch.retries", "{request}", "Requests for covers that were repeated after one that failed.");
        meter.CreateObservableGauge(
            "etl.fetch.outage", Outage, "{outage}", "1 while no location of covers can be used and movies wait for one, else 0.");
        meter.CreateObservableGauge(
            "etl.stage.items.held", () => PerStage(static stage => stage.Held), "{item}",
            "Items a stage holds: waiting, in progress, or finished and not taken; batches for write.");
        meter.CreateObservableGauge(
            "etl.stage.capacity", () => PerStage(static stage => stage.Capacity), "{item}", "Items a stage can hold; batches for write.");
        meter.CreateObservableGauge(
            "etl.stage.workers.busy", () => PerStage(static stage => stage.InProgress), "{worker}", "Workers that work on an item.");
        meter.CreateObservableGauge(
            "etl.stage.workers", () => PerStage(static stage => stage.DegreeOfParallelism), "{worker}", "Items a stage can work on at once.");
        meter.CreateObservableCounter(
            "etl.stage.worker.time", WorkerTime, "s",
            "Time of a stage's workers: busy, starved of items, or blocked by a full stage, by lack of memory or by an outage.");
        _pending = meter.CreateObservableGauge(
            "etl.run.pending", Pending, "{movie}", "Movies that are not settled yet, of those whose palette was missing when the run began.");
        _movies = meter.CreateCounter<long>("etl.run.movies", "{movie}", "Movies settled, other than as dead letters, or abandoned.");
        _supersededMissing = meter.CreateCounter<long>(
            "etl.run.superseded.missing", "{movie}", "Superseded movies whose palette was still missing at the end of their run.");
        _deadLetters = meter.CreateCounter<long>("etl.dead_letters", "{movie}", "Movies stored as dead letters.");
        _damagedCovers = meter.CreateCounter<long>(
            "etl.covers.damaged", "{cover}", "Damaged covers whose palette was written all the same.");
        _unusedResults = meter.CreateCounter<long>(
            "etl.cluster.results.unused", "{movie}", "Movies in late or duplicate results of workers.");
        meter.CreateObservableGauge(
            "etl.cluster.workers", ClusterWorkers, "{worker}", "Workers on other machines that have reported in the last 15 s.");
        RefreshGauges.AddTo(meter, () => _refresh);
        ServiceGauges.AddTo(meter, () => _service);
        _movieDuration = meter.CreateHistogram(
            "etl.movie.duration", "s", "Time from a movie's reading to its commit.", advice: Seconds);
        _batchSize = meter.CreateHistogram("etl.batch.size", "{movie}", "Movies of a transaction.", advice: BatchSizes);
        _coverSize = meter.CreateHistogram("etl.cover.size", "By", "Encoded size of a cover.", advice: Bytes);
        meter.CreateObservableGauge(
            "etl.decode.memory", () => Memory(static pixels => pixels.Taken), "By", "Memory the decoders have taken for pixels.");
        meter.CreateObservableGauge(
            "etl.decode.memory.limit", () => Memory(static pixels => pixels.Bytes), "By", "Memory the decoders may take for pixels.");
        _database = meter.CreateHistogram(
            "db.client.operation.duration", "s", "Duration of database client operations.", advice: Seconds);
    }

    /// <summary>Whether anybody wants to know how many movies are left, which takes a count of them.</summary>
    public bool WantsPending => _pending.Enabled;

    /// <summary>A run begins; it stays observable after its end, until the next begins.</summary>
    public void RunStarted(RunGauges run)
    {
        if (Interlocked.Exchange(ref _run, run) is { } finished)
        {
            foreach ((string stage, string state, double seconds) in WorkerSeconds(finished))
            {
                _finishedWorkerSeconds.AddOrUpdate((stage, state), seconds, (_, before) => before + seconds);
            }
        }
    }

    /// <summary>A run is over, and movies it had read were dropped.</summary>
    public void MoviesAbandoned(long movies) => Add(movies, "abandoned");

    /// <summary>A run is over, and superseded movies still lack a palette.</summary>
    public void SupersededMissing(long movies) => _supersededMissing.Add(movies);

    /// <summary>A stage took an item that had waited for it.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="duration">How long it waited.</param>
    /// <param name="span">The span of its movie; null unless that is sampled.</param>
    public void ItemWaited(string stage, TimeSpan duration, Activity? span = null)
    {
        using var exemplar = new Exemplar(span);
        _stageWait.Record(duration.TotalSeconds, new KeyValuePair<string, object?>(EtlTags.Stage, stage));
    }

    /// <summary>A stage is done with an item, well or not.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="duration">How long it worked.</param>
    /// <param name="failure">Why there is no result; null when there is one.</param>
    /// <param name="span">The span of the work; null unless that is sampled.</param>
    public void StageCompleted(string stage, TimeSpan duration, Failure? failure, Activity? span = null)
    {
        using var exemplar = new Exemplar(span);
        var tags = new TagList { { EtlTags.Stage, stage } };
        if (failure is not null)
        {
            tags.Add(EtlTags.ErrorType, failure.Reason.Name());
        }

        _stageDuration.Record(duration.TotalSeconds, tags);
    }

    /// <summary>A request for a cover failed and is sent again.</summary>
    public void RequestRepeated() => _retries.Add(1);

    /// <summary>A worker's result found no movie that waited for it.</summary>
    public void ResultUnused() => _unusedResults.Add(1);

    /// <summary>The workers on other machines have been counted by their states, all states.</summary>
    public void WorkersSeen((string State, int Workers)[] workers) => _workers = workers;

    /// <summary>The service has checked palettes for stale ones; null when it no longer does.</summary>
    public void RefreshProgressed(RefreshGauges? refresh) => _refresh = refresh;

    /// <summary>A service began, or ended when there are no gauges.</summary>
    public void ServiceStarted(ServiceGauges? service) => _service = service;

    /// <summary>A cover was read.</summary>
    /// <param name="bytes">Its encoded size.</param>
    /// <param name="span">The span of its movie; null unless that is sampled.</param>
    public void CoverFetched(long bytes, Activity? span = null)
    {
        using var exemplar = new Exemplar(span);
        _coverSize.Record(bytes);
    }

    /// <summary>A batch is committed.</summary>
    /// <param name="batch">How its movies ended.</param>
    /// <param name="size">How many there are.</param>
    /// <param name="trigger">Why it was written when it was.</param>
    public void BatchWritten(BatchResult batch, int size, string trigger)
    {
        _batchSize.Record(size, new KeyValuePair<string, object?>(EtlTags.BatchTrigger, trigger));
        Add(batch.Written, "written");
        Add(batch.Superseded, "superseded");
        Add(batch.Skipped, "skipped");
        Add(batch.Current, "current");
        if (batch.Damaged > 0)
        {
            _damagedCovers.Add(batch.Damaged);
        }
    }

    /// <summary>A movie became a dead letter, or failed again.</summary>
    /// <param name="failure">How it failed.</param>
    /// <param name="isRetry">Whether it had failed before.</param>
    /// <param name="span">The span of the movie; null unless that is sampled.</param>
    public void DeadLetterWritten(Failure failure, bool isRetry, Activity? span = null)
    {
        using var exemplar = new Exemplar(span);
        _deadLetters.Add(
            1,
            new(EtlTags.Stage, failure.Stage),
            new(EtlTags.ErrorType, failure.Reason.Name()),
            new(EtlTags.Attempt, isRetry ? EtlTags.Retry : EtlTags.First));
    }

    /// <summary>The outcome of a movie was committed.</summary>
    /// <param name="duration">The time since it was read.</param>
    /// <param name="failure">How it failed; null when it did not.</param>
    /// <param name="span">The span of the movie; null unless that is sampled.</param>
    public void MovieSettled(TimeSpan duration, Failure? failure, Activity? span = null)
    {
        using var exemplar = new Exemplar(span);
        if (failure is not null)
        {
            _movieDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>(EtlTags.ErrorType, failure.Reason.Name()));
        }
        else
        {
            _movieDuration.Record(duration.TotalSeconds);
        }
    }

    /// <summary>The database answered, or failed.</summary>
    /// <param name="operation">The name of the operation.</param>
    /// <param name="table">The table of movies.</param>
    /// <param name="duration">How long it took.</param>
    /// <param name="error">SQLite's primary result code; null when it did not fail.</param>
    public void DatabaseAnswered(string operation, string table, TimeSpan duration, int? error)
    {
        var tags = new TagList
        {
            { "db.system.name", "sqlite" },
            { "db.collection.name", table },
            { "db.operation.name", operation },
        };
        if (error is not null)
        {
            string code = error.Value.ToString(CultureInfo.InvariantCulture);
            tags.Add("db.response.status_code", code);
            tags.Add(EtlTags.ErrorType, code);
        }

        _database.Record(duration.TotalSeconds, tags);
    }

    private void Add(long movies, string outcome)
    {
        if (movies > 0)
        {
            _movies.Add(movies, new KeyValuePair<string, object?>(EtlTags.Outcome, outcome));
        }
    }

    private IEnumerable<Measurement<int>> PerStage(Func<StageReport, int> value) =>
        _run?.Stages().Select(stage => new Measurement<int>(value(stage), new KeyValuePair<string, object?>(EtlTags.Stage, stage.Name))) ?? [];

    private IEnumerable<Measurement<double>> WorkerTime()
    {
        foreach ((string stage, string state, double seconds) in _run is { } run ? WorkerSeconds(run) : [])
        {
            double before = _finishedWorkerSeconds.GetValueOrDefault((stage, state));
            yield return new(before + seconds, new TagList { { EtlTags.Stage, stage }, { EtlTags.State, state } });
        }
    }

    private IEnumerable<Measurement<int>> ClusterWorkers() => _workers.Select(
        static state => new Measurement<int>(state.Workers, new KeyValuePair<string, object?>(EtlTags.State, state.State)));

    private IEnumerable<Measurement<long>> Pending() => _run?.Pending() is { } pending ? [new(pending)] : [];

    private IEnumerable<Measurement<int>> Outage() => _run is { } run ? [new(run.IsOutage() ? 1 : 0)] : [];

    private IEnumerable<Measurement<long>> Memory(Func<MemoryBudget, long> value) =>
        _run is { } run ? [new(value(run.Pixels))] : [];

    private static IEnumerable<(string Stage, string State, double Seconds)> WorkerSeconds(RunGauges run)
    {
        foreach (StageReport stage in run.Stages())
        {
            yield return (stage.Name, EtlTags.Busy, stage.Busy.TotalSeconds);
            yield return (stage.Name, EtlTags.Blocked, stage.Blocked.TotalSeconds);
            yield return (stage.Name, EtlTags.Starved, stage.Starved.TotalSeconds);
        }
    }
}
