using Etl.Pipeline;
using Etl.Write;

namespace Etl.Telemetry;

/// <summary>What a run has done so far. Written by the pipeline, read by anybody at any time.</summary>
internal sealed class RunMonitor
{
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _started;
    private long _ended;
    private long _read;
    private BatchResult _totals;
    private RunEnding _ending = RunEnding.Running;

    public RunMonitor(EtlOptions options, EtlMetrics metrics, TimeProvider clock)
    {
        _clock = clock;
        Fetch = new(StageNames.Fetch, options.Fetch.Workers, options.Fetch.Capacity, metrics, clock);
        Decode = new(StageNames.Decode, options.Decode.Workers, options.Decode.Capacity, metrics, clock);
        Quantize = new(StageNames.Quantize, options.Quantize.Workers, options.Quantize.Capacity, metrics, clock);

        // The writer has one batch in hand and one waiting.
        Write = new(StageNames.Write, workers: 1, capacity: 2, metrics, clock);
        Stages = [Fetch, Decode, Quantize, Write];
    }

    public StageMonitor Fetch { get; }

    public StageMonitor Decode { get; }

    public StageMonitor Quantize { get; }

    public StageMonitor Write { get; }

    public IReadOnlyList<StageMonitor> Stages { get; }

    /// <summary>Movies read so far.</summary>
    public long Read => Interlocked.Read(ref _read);

    /// <summary>Completes once the sink is open; others leave the catalogue alone until then.</summary>
    public Task Opened => _opened.Task;

    /// <summary>Starts the clock of the run and of its stages.</summary>
    public void Started()
    {
        _started = _clock.GetTimestamp();
        foreach (StageMonitor stage in Stages)
        {
            stage.Start(_started);
        }
    }

    /// <summary>The sink is open.</summary>
    public void SinkOpened() => _opened.SetResult();

    /// <summary>A movie leaves the catalogue for the graph.</summary>
    public void MovieRead() => Interlocked.Increment(ref _read);

    /// <summary>Adds a committed batch; returns the totals with it.</summary>
    public BatchResult BatchWritten(BatchResult batch)
    {
        lock (_gate)
        {
            return _totals += batch;
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

    /// <summary>Stops the clocks.</summary>
    public void Ended(RunEnding ending)
    {
        _ended = _clock.GetTimestamp();
        foreach (StageMonitor stage in Stages)
        {
            stage.Stop(_ended);
        }

        _ending = ending;
    }

    public RunReport Report()
    {
        lock (_gate)
        {
            bool running = _ending == RunEnding.Running;
            long read = Read;
            long settled = _totals.Written + _totals.DeadLetters + _totals.Superseded + _totals.Skipped;
            return new RunReport
            {
                Ending = _ending,
                Read = read,
                Written = _totals.Written,
                DeadLetters = _totals.DeadLetters,
                Superseded = _totals.Superseded,
                Skipped = _totals.Skipped,
                InFlight = running ? read - settled : 0,
                Abandoned = running ? 0 : read - settled,
                Elapsed = running ? _clock.GetElapsedTime(_started) : _clock.GetElapsedTime(_started, _ended),
                Stages = [.. Stages.Select(stage => stage.Report())],
            };
        }
    }
}
