namespace Etl.Host.Run;

/// <summary>Ends thread-pool starvation: raises the minimum number of threads to the parallelism of all stages once work items are
/// pending while cores are idle. Reading a file blocks a thread, and the pool starts with one for each core.</summary>
/// <remarks>Not from the start: where nothing blocks, more threads than cores evict each other's data from the caches.</remarks>
internal sealed class ThreadPoolGrowth : IDisposable
{
    /// <summary>Consecutive idle samples before the pool grows, so that compilation at the start or a slow commit does not count.</summary>
    private const int IdleSamples = 3;

    /// <summary>The share of the cores that is in use when hardly anything blocks.</summary>
    private const double Busy = 0.8;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _clock;
    private readonly Func<TimeSpan> _processorTime;
    private readonly Func<long> _pending;
    private readonly Action _grow;
    private readonly ITimer _timer;
    private TimeSpan _used;
    private long _since;
    private int _idle;

    public ThreadPoolGrowth(EtlOptions options, TimeProvider clock)
        : this(clock, static () => Environment.CpuUsage.TotalTime, static () => ThreadPool.PendingWorkItemCount, () => Grow(options))
    {
    }

    /// <param name="clock">Times the samples.</param>
    /// <param name="processorTime">Processor time of the process.</param>
    /// <param name="pending">Number of work items that wait for a thread.</param>
    /// <param name="grow">Raises the minimum number of threads.</param>
    internal ThreadPoolGrowth(TimeProvider clock, Func<TimeSpan> processorTime, Func<long> pending, Action grow)
    {
        (_clock, _processorTime, _pending, _grow) = (clock, processorTime, pending, grow);
        (_used, _since) = (processorTime(), clock.GetTimestamp());
        _timer = clock.CreateTimer(_ => Sample(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(Interval, Timeout.InfiniteTimeSpan); // after the assignment, because a sample uses the field
    }

    /// <summary>Raises the minimum number of threads at once, in a process that also serves requests.</summary>
    public static void Grow(EtlOptions options)
    {
        ThreadPool.GetMinThreads(out int workers, out int completions);
        int wanted = options.Fetch.Parallelism + options.Decode.Parallelism + options.Quantize.Parallelism + 2;
        ThreadPool.SetMinThreads(Math.Max(workers, wanted), completions);
    }

    public void Dispose() => _timer.Dispose();

    private void Sample()
    {
        TimeSpan used = _processorTime();
        long now = _clock.GetTimestamp();
        double share = (used - _used) / (_clock.GetElapsedTime(_since, now) * Environment.ProcessorCount);
        (_used, _since) = (used, now);
        _idle = share < Busy && _pending() > 0 ? _idle + 1 : 0;
        if (_idle == IdleSamples)
        {
            _grow();
            return;
        }

        _timer.Change(Interval, Timeout.InfiniteTimeSpan);
    }
}
