using System.Diagnostics;
using PaletteEtl.Telemetry;

namespace PaletteEtl.Pipeline;

/// <summary>Measures one stage in one run: how its time is spent, how full it is, how long items take.</summary>
/// <remarks>
/// The degree of parallelism, which may change, is a number of slots. Each is busy, blocked or starved at every moment, so the three times add up
/// to degree of parallelism x wall clock. A slot without an item is blocked when the stage is full, because the items it holds
/// are finished and not taken; otherwise it is starved. The state since the last event is charged at the next one.
/// </remarks>
internal sealed class StageMonitor(string name, int parallelism, int capacity, EtlMetrics metrics, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly DurationHistogram _durations = new();
    private Func<int> _queued = static () => 0;
    private Func<int>? _parallelism;
    private bool _running;
    private long _started;
    private long _charged;
    private int _busy;
    private int _waiting;
    private int _onHold;
    private int _held;
    private long _failures;
    private double _busyTicks;
    private double _blockedTicks;
    private double _memoryTicks;
    private double _starvedTicks;
    private double _heldTicks;

    public string Name => name;

    public int DegreeOfParallelism => _parallelism?.Invoke() ?? parallelism;

    public int Capacity => capacity;

    /// <summary>The clock's timestamp.</summary>
    public long Now => clock.GetTimestamp();

    /// <summary>Sets what the stage itself does not know.</summary>
    /// <param name="queued">The count of the items held that are not in progress.</param>
    /// <param name="parallelism">The degree of parallelism now; null when it does not change.</param>
    public void Attach(Func<int> queued, Func<int>? parallelism = null) => (_queued, _parallelism) = (queued, parallelism);

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

    /// <summary>Begins an item that has waited since a time. Returns the time it began.</summary>
    public long ItemStarted(long since, Activity? movie)
    {
        long started = ItemStarted();
        ItemWaited(since, movie);
        return started;
    }

    /// <summary>The time since a timestamp.</summary>
    public TimeSpan Elapsed(long since) => clock.GetElapsedTime(since);

    /// <summary>An item waited since a time, and no longer.</summary>
    public void ItemWaited(long since, Activity? movie) => metrics.ItemWaited(name, clock.GetElapsedTime(since), movie);

    /// <summary>An item was held by an outage between two times.</summary>
    public void ItemHeld(long since, long until, Activity? movie) => metrics.ItemWaited(name, clock.GetElapsedTime(since, until), movie);

    /// <summary>Begins an item. Returns the time it began.</summary>
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

    /// <summary>Ends an item.</summary>
    /// <param name="started">When it began.</param>
    /// <param name="waited">Timestamp ticks it waited for memory in between.</param>
    /// <param name="failure">Why there is no result; null when there is one.</param>
    /// <param name="failures">The movies it befell.</param>
    /// <param name="span">The span of the work; null unless it is sampled.</param>
    public void ItemEnded(long started, long waited, Failure? failure, long failures = 1, Activity? span = null)
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

        metrics.StageCompleted(name, duration, failure, span);
    }

    /// <summary>An item in progress waits for memory; its slot is blocked. Returns the time the wait began.</summary>
    public long WaitStarted() => Move(toWaiting: 1, toHold: 0);

    /// <summary>An item in progress has its memory. Returns the timestamp ticks it waited.</summary>
    public long WaitEnded(long since) => Move(toWaiting: -1, toHold: 0) - since;

    /// <summary>An outage holds an item in progress; its slot is blocked.</summary>
    public void HoldStarted() => Move(toWaiting: 0, toHold: 1);

    /// <summary>An item is held no longer. Returns the time.</summary>
    public long HoldEnded() => Move(toWaiting: 0, toHold: -1);

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
                DegreeOfParallelism = DegreeOfParallelism,
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
                InProgress = _busy,
                Held = _held,
            };
        }
    }

    private long Move(int toWaiting, int toHold)
    {
        lock (_gate)
        {
            Charge(clock.GetTimestamp());
            _waiting += toWaiting;
            _onHold += toHold;
            _busy -= toWaiting + toHold;
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
        int idle = Math.Max(0, DegreeOfParallelism - _busy - _waiting - _onHold);
        bool full = _held >= capacity;
        _busyTicks += elapsed * _busy;
        _blockedTicks += elapsed * (_waiting + _onHold + (full ? idle : 0));
        _memoryTicks += elapsed * _waiting;
        _starvedTicks += elapsed * (full ? 0 : idle);
        _heldTicks += elapsed * Math.Min(_held, capacity);
    }

    private void Count() => _held = _busy + _waiting + _onHold + _queued();

    private TimeSpan Span(double ticks) => TimeSpan.FromSeconds(ticks / clock.TimestampFrequency);
}
