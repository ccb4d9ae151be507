using PaletteEtl.Telemetry;

namespace PaletteEtl.Pipeline;

/// <summary>What one stage does in one run: how its workers spend their time, how full it is, how long items take.</summary>
/// <remarks>
/// At every moment a worker is busy, blocked or starved, so the three times add up to workers x wall clock. A worker
/// with nothing to do is blocked when the stage is full, for then what it holds is finished and nobody takes it;
/// otherwise it is starved. The state that held since the last event is charged at the next one.
/// </remarks>
internal sealed class StageMonitor(string name, int workers, int capacity, EtlMetrics metrics, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly DurationHistogram _durations = new();
    private Func<int> _queued = static () => 0;
    private bool _running;
    private long _started;
    private long _charged;
    private int _busy;
    private int _waiting;
    private int _held;
    private long _failures;
    private double _busyTicks;
    private double _blockedTicks;
    private double _memoryTicks;
    private double _starvedTicks;
    private double _heldTicks;

    public string Name => name;

    public int Workers => workers;

    public int Capacity => capacity;

    /// <summary>The clock's timestamp.</summary>
    public long Now => clock.GetTimestamp();

    /// <summary>Says how to count the items held that no worker has in hand.</summary>
    public void Attach(Func<int> queued) => _queued = queued;

    /// <summary>Starts the clock.</summary>
    public void Start(long now)
    {
        lock (_gate)
        {
            _started = _charged = now;
            _running = true;
        }
    }

    /// <summary>Stops the clock.</summary>
    public void Stop(long now)
    {
        lock (_gate)
        {
            Charge(now);
            Count();
            _running = false;
        }
    }

    /// <summary>A worker takes an item in hand that could have been taken since a time. Returns the time it did.</summary>
    public long ItemStarted(long since)
    {
        long started = ItemStarted();
        ItemWaited(since);
        return started;
    }

    /// <summary>Items of a batch could have been taken since a time.</summary>
    public void ItemWaited(long since) => metrics.ItemWaited(name, clock.GetElapsedTime(since));

    /// <summary>A worker takes items in hand. Returns the time it did.</summary>
    public long ItemStarted()
    {
        lock (_gate)
        {
            Charge(clock.GetTimestamp());
            _busy++;
            Count();
            return _charged;
        }
    }

    /// <summary>A worker is done with an item.</summary>
    /// <param name="started">When it took it.</param>
    /// <param name="waited">Timestamp ticks it waited for memory in between.</param>
    /// <param name="failure">Why there is no result; null when there is one.</param>
    /// <param name="failures">The movies it befell.</param>
    public void ItemEnded(long started, long waited, Failure? failure, long failures = 1)
    {
        TimeSpan duration;
        lock (_gate)
        {
            Charge(clock.GetTimestamp());
            _busy--;
            Count();
            duration = clock.GetElapsedTime(started + waited, Math.Max(_charged, started + waited));
            _durations.Add(duration);
            if (failure is not null)
            {
                _failures += failures;
            }
        }

        metrics.StageCompleted(name, duration, failure);
    }

    /// <summary>An item in hand waits for memory; its worker is blocked. Returns the time it began.</summary>
    public long WaitStarted() => Move(toWaiting: 1);

    /// <summary>An item in hand has its memory. Returns the timestamp ticks it waited.</summary>
    public long WaitEnded(long since) => Move(toWaiting: -1) - since;

    /// <summary>Charges the time since the last event, so that a quiet stage does not keep an old state.</summary>
    public void Refresh()
    {
        lock (_gate)
        {
            Charge(clock.GetTimestamp());
            Count();
        }
    }

    public StageReport Report()
    {
        lock (_gate)
        {
            Charge(clock.GetTimestamp());
            return new StageReport
            {
                Name = name,
                Workers = workers,
                Capacity = capacity,
                Items = _durations.Count,
                Failures = _failures,
                P50 = _durations.Quantile(0.50),
                P95 = _durations.Quantile(0.95),
                P99 = _durations.Quantile(0.99),
                Longest = _durations.Quantile(1),
                Busy = Span(_busyTicks),
                Blocked = Span(_blockedTicks),
                MemoryWait = Span(_memoryTicks),
                Starved = Span(_starvedTicks),
                MeanFill = _charged > _started ? _heldTicks / (_charged - _started) / capacity : 0,
                WorkersBusy = _busy,
                Held = _held,
            };
        }
    }

    private long Move(int toWaiting)
    {
        lock (_gate)
        {
            Charge(clock.GetTimestamp());
            _waiting += toWaiting;
            _busy -= toWaiting;
            Count();
            return _charged;
        }
    }

    private void Charge(long now)
    {
        if (!_running || now <= _charged)
        {
            return;
        }

        double elapsed = now - _charged;
        _charged = now;
        int idle = Math.Max(0, workers - _busy - _waiting);
        bool full = _held >= capacity;
        _busyTicks += elapsed * _busy;
        _blockedTicks += elapsed * (_waiting + (full ? idle : 0));
        _memoryTicks += elapsed * _waiting;
        _starvedTicks += elapsed * (full ? 0 : idle);
        _heldTicks += elapsed * Math.Min(_held, capacity);
    }

    private void Count() => _held = _busy + _waiting + _queued();

    private TimeSpan Span(double ticks) => TimeSpan.FromSeconds(ticks / clock.TimestampFrequency);
}
