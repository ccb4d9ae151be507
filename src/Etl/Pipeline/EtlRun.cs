using System.Diagnostics;
using Microsoft.Extensions.Logging;
using PaletteEtl.Palettes;
using PaletteEtl.Telemetry;

namespace PaletteEtl.Pipeline;

/// <summary>The state and the totals of a run. The pipeline writes them; other threads may read them at any time.</summary>
internal sealed class EtlRun
{
    private readonly EtlMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly RunTelemetry _telemetry;
    private readonly int _batchSize;
    private readonly Lock _gate = new();
    private readonly FailureTotals _failures = new();
    private TimeSpan _processorTimeBefore;
    private TimeSpan _processorTime;
    private long _started;
    private long _ended;
    private long _read;
    private volatile bool _readAll;
    private BatchResult _totals;
    private long _supersededMissing;
    private RunEnding _ending = RunEnding.Running;

    /// <param name="options">The options of the run.</param>
    /// <param name="metrics">The instruments of its stages.</param>
    /// <param name="clock">The clock of the run.</param>
    /// <param name="log">The logger.</param>
    /// <param name="moviesElsewhere">Maximum number of movies on other machines; null when none take part.</param>
    public EtlRun(RunOptions options, EtlMetrics metrics, TimeProvider clock, ILogger log, int? moviesElsewhere = null)
    {
        (_metrics, _clock, _telemetry) = (metrics, clock, new RunTelemetry(metrics, clock, log));
        _batchSize = options.Write.BatchSize;
        Outage = new CoverOutage(options.Fetch, clock, log);
        Pixels = new MemoryBudget(options.Decode.MemoryBudgetBytes);
        Fetch = Stage(StageNames.Fetch, options.Fetch);
        Decode = Stage(StageNames.Decode, options.Decode);
        Quantize = Stage(StageNames.Quantize, options.Quantize);

        // The writer has one batch in hand and one waiting.
        Write = new(StageNames.Write, parallelism: 1, capacity: 2, metrics, clock);
        Extract = moviesElsewhere is { } movies ? new(StageNames.Extract, parallelism: movies, capacity: movies, metrics, clock) : null;
        Stages = Extract is null ? [Fetch, Decode, Quantize, Write] : [Extract, Write];
    }

    public StageMonitor Fetch { get; }

    public StageMonitor Decode { get; }

    public StageMonitor Quantize { get; }

    /// <summary>The stage that replaces these three when other machines make the palettes; else null.</summary>
    public StageMonitor? Extract { get; }

    public StageMonitor Write { get; }

    public IReadOnlyList<StageMonitor> Stages { get; }

    /// <summary>The run's span; null when nobody listens.</summary>
    public Activity? Span => _telemetry.Span;

    /// <summary>The memory budget of the decoders' pixels.</summary>
    public MemoryBudget Pixels { get; }

    /// <summary>The outage of all locations of covers, and the movies that wait for its end.</summary>
    public CoverOutage Outage { get; }

    /// <summary>Whether the caller wants the movies to be counted.</summary>
    public bool WantsTotal { get; set; }

    /// <summary>Runs with fewer movies log their totals at Debug, and all runs their start and batches; 0 for the usual levels.
    /// The caller logs a summary of many runs.</summary>
    public long QuietBelow
    {
        get => _telemetry.QuietBelow;
        set => _telemetry.QuietBelow = value;
    }

    /// <summary>Movies whose palette was missing at the start; null until they are counted.</summary>
    public long? Total { get; private set; }

    /// <summary>Movies that are not settled yet, of those counted at the start; null until they are counted.</summary>
    public long? Pending
    {
        get
        {
            lock (_gate)
            {
                return Total - Math.Min(Total ?? 0, _totals.Settled);
            }
        }
    }

    /// <summary>Estimated time left at the average speed; null when it is unknown.</summary>
    public TimeSpan? Left
    {
        get
        {
            RunReport report = Report();
            long settled = report.Read - report.InFlight;
            return Total >= settled && settled > 0 ? report.Elapsed * ((double)(Total.Value - settled) / settled) : null;
        }
    }

    /// <summary>Movies read so far.</summary>
    public long Read => Interlocked.Read(ref _read);

    /// <summary>The state of the run, for the gauges.</summary>
    public RunGauges Gauges => new(CurrentReports, () => Pending, Pixels, () => Outage.State is not null);

    /// <summary>Starts the clock of the run and of its stages.</summary>
    /// <param name="database">The database.</param>
    /// <param name="locations">The locations of covers.</param>
    public void Started(string database, IEnumerable<string> locations)
    {
        _telemetry.Started(database, locations);
        _processorTimeBefore = ProcessorTimeNow();
        _started = _clock.GetTimestamp();
        StartStages(_started);
    }

    /// <summary>Starts the clocks of the stages, and has the gauges show them.</summary>
    public void StartStages(long now)
    {
        foreach (StageMonitor stage in Stages)
        {
            stage.Start(now);
        }

        _metrics.RunStarted(Gauges);
    }

    /// <summary>Stops the clocks of the stages.</summary>
    public void StopStages(long now)
    {
        foreach (StageMonitor stage in Stages)
        {
            stage.Stop(now);
        }
    }

    /// <summary>The movies whose palette was missing at the start have been counted.</summary>
    public void Counted(long movies)
    {
        lock (_gate)
        {
            Total = movies;
        }
    }

    /// <summary>Creates the item of a movie that enters the graph.</summary>
    /// <param name="movie">The movie.</param>
    /// <param name="since">The timestamp at which it was asked for.</param>
    public Item<Movie> MovieRead(Movie movie, long since)
    {
        long number = Interlocked.Increment(ref _read);
        long now = _clock.GetTimestamp();
        return new(movie, movie) { Number = number, ReadAt = now, ReadyAt = now, Span = _telemetry.MovieRead(movie, since) };
    }

    /// <summary>A batch is committed. Returns the totals with it.</summary>
    public BatchResult BatchWritten(Item<Palette>[] items, Outcome[] outcomes, BatchResult batch)
    {
        BatchResult totals;
        lock (_gate)
        {
            totals = _totals += batch;
            _failures.Add(items, outcomes);
        }

        string trigger = items.Length == _batchSize ? EtlTags.Full : _readAll ? EtlTags.End : EtlTags.Interval;
        _telemetry.BatchWritten(items, outcomes, batch, trigger);
        return totals;
    }

    /// <summary>The source has no more movies.</summary>
    public void ReadAll() => _readAll = true;

    /// <summary>Every batch is written, and so many superseded movies still lack a palette.</summary>
    public void SupersededMissing(long movies)
    {
        lock (_gate)
        {
            _supersededMissing = movies;
        }
    }

    /// <summary>Brings the stages' accounts up to now.</summary>
    public void Refresh()
    {
        foreach (StageMonitor stage in Stages)
        {
            stage.Refresh();
        }
    }

    /// <summary>Stops the clocks and records the end. Only the first call has an effect.</summary>
    public void Ended(RunEnding ending, Exception? fault = null)
    {
        lock (_gate)
        {
            if (_ending != RunEnding.Running)
            {
                return;
            }

            _ended = _clock.GetTimestamp();
            _processorTime = ProcessorTimeNow() - _processorTimeBefore;
            _ending = ending;
        }

        StopStages(_ended);
        RunReport report = Report();
        _telemetry.Ended(new RunEnd(
            ending.ToString().ToLowerInvariant(), ending == RunEnding.Completed, report.Read, _totals, report.SupersededMissing, report.Elapsed, report.Verdict, fault));
    }

    public RunReport Report()
    {
        lock (_gate)
        {
            bool running = _ending == RunEnding.Running;
            long read = Read;
            long settled = _totals.Settled;
            return new RunReport
            {
                Ending = _ending,
                Read = read,
                Written = _totals.Written,
                Damaged = _totals.Damaged,
                DeadLetters = _totals.DeadLetters,
                Reasons = _failures.ByReason,
                FirstFailure = _failures.First,
                FailedAgain = _failures.Again,
                Recovered = _failures.Recovered,
                Superseded = _totals.Superseded,
                SupersededMissing = _supersededMissing,
                Skipped = _totals.Skipped,
                Current = _totals.Current,
                InFlight = running ? read - settled : 0,
                Abandoned = running ? 0 : read - settled,
                Elapsed = running ? _clock.GetElapsedTime(_started) : _clock.GetElapsedTime(_started, _ended),
                ProcessorTime = running ? ProcessorTimeNow() - _processorTimeBefore : _processorTime,
                Processors = Environment.ProcessorCount,
                Outage = Outage.TotalUntil(running ? _clock.GetTimestamp() : _ended),
                Stages = [.. Stages.Select(stage => stage.Report())],
            };
        }
    }

    private IEnumerable<StageReport> CurrentReports()
    {
        Refresh();
        return Stages.Select(static stage => stage.Report());
    }

    private StageMonitor Stage(string name, StageOptions options) => new(name, options.Parallelism, options.Capacity, _metrics, _clock);

    private static TimeSpan ProcessorTimeNow() => Environment.CpuUsage.TotalTime;
}
