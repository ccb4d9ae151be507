namespace Etl.Host.Run;

/// <summary>Reading a file blocks a thread of the pool, which starts with one a core: decoders would wait for it. Gives the pool
/// as many threads as all stages can use once work waits for one and cores are idle.</summary>
/// <remarks>Not from the start: where nothing blocks, more threads than cores take turns, and empty each other's caches.</remarks>
internal sealed class BlockedReads : IDisposable
{
    /// <summary>How long cores are to be idle: compiling at the start and a slow commit are not meant.</summary>
    private const int Looks = 3;

    /// <summary>The share of the cores that is in use when nothing blocks, or nearly nothing.</summary>
    private const double Busy = 0.8;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _clock;
    private readonly Func<TimeSpan> _processorTime;
    private readonly Func<long> _waiting;
    private readonly Action _give;
    private readonly ITimer _timer;
    private TimeSpan _used;
    private long _since;
    private int _idle;

    public BlockedReads(EtlOptions options, TimeProvider clock)
        : this(clock, static () => Environment.CpuUsage.TotalTime, static () => ThreadPool.PendingWorkItemCount, () => LetThemHaveThreads(options))
    {
    }

    /// <param name="clock">Times the looks.</param>
    /// <param name="processorTime">What the process has used of the processors.</param>
    /// <param name="waiting">How much waits for a thread.</param>
    /// <param name="give">Gives the pool threads.</param>
    internal BlockedReads(TimeProvider clock, Func<TimeSpan> processorTime, Func<long> waiting, Action give)
    {
        (_clock, _processorTime, _waiting, _give) = (clock, processorTime, waiting, give);
        (_used, _since) = (processorTime(), clock.GetTimestamp());
        _timer = clock.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(Interval, Timeout.InfiniteTimeSpan); // now that a look finds the timer
    }

    /// <summary>Gives them threads at once, in a process that has others to answer soon as well.</summary>
    public static void LetThemHaveThreads(EtlOptions options)
    {
        ThreadPool.GetMinThreads(out int workers, out int completions);
        int wanted = options.Fetch.Workers + options.Decode.Workers + options.Quantize.Workers + 2;
        ThreadPool.SetMinThreads(Math.Max(workers, wanted), completions);
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        TimeSpan used = _processorTime();
        long now = _clock.GetTimestamp();
        double share = (used - _used) / (_clock.GetElapsedTime(_since, now) * Environment.ProcessorCount);
        (_used, _since) = (used, now);
        _idle = share < Busy && _waiting() > 0 ? _idle + 1 : 0;
        if (_idle == Looks)
        {
            _give();
            return;
        }

        _timer.Change(Interval, Timeout.InfiniteTimeSpan);
    }
}
