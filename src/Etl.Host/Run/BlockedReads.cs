namespace Etl.Host.Run;

/// <summary>Reading a file blocks a thread of the pool, which starts with one a core: decoders would wait for it.</summary>
/// <remarks>As long as nothing blocks, more threads than cores are slower: they take turns, and empty each other's caches.</remarks>
internal sealed class BlockedReads : IDisposable
{
    /// <summary>The share of the cores that is in use when nothing blocks, or nearly nothing.</summary>
    private const double Busy = 0.8;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly TimeProvider _clock;
    private readonly int _most;
    private readonly ITimer _timer;
    private TimeSpan _used = Environment.CpuUsage.TotalTime;
    private long _since;

    /// <summary>Gives them threads once they leave cores idle that have work.</summary>
    public BlockedReads(EtlOptions options, TimeProvider clock)
    {
        _clock = clock;
        _most = MostOf(options);
        _since = clock.GetTimestamp();
        _timer = clock.CreateTimer(_ => Look(), null, Interval, Interval);
    }

    /// <summary>Gives them threads from the start, for a process that has also others to answer soon.</summary>
    public static void LetThemHaveThreads(EtlOptions options) => SetThreads(MostOf(options));

    /// <summary>How many threads there are to be without a delay.</summary>
    /// <param name="threads">How many there were.</param>
    /// <param name="most">As many as all stages together can use.</param>
    /// <param name="waiting">What waits for a thread.</param>
    /// <param name="share">The share of the cores that was in use.</param>
    public static int Threads(int threads, int most, long waiting, double share) =>
        waiting > 0 && share < Busy ? Math.Max(threads, Math.Min(2 * threads, most)) : threads;

    public void Dispose() => _timer.Dispose();

    private static int MostOf(EtlOptions options) => options.Fetch.Workers + options.Decode.Workers + options.Quantize.Workers + 2;

    private static void SetThreads(int threads)
    {
        ThreadPool.GetMinThreads(out int before, out int completions);
        ThreadPool.SetMinThreads(Math.Max(before, threads), completions);
    }

    private void Look()
    {
        TimeSpan used = Environment.CpuUsage.TotalTime;
        double share = (used - _used) / (_clock.GetElapsedTime(_since) * Environment.ProcessorCount);
        (_used, _since) = (used, _clock.GetTimestamp());
        ThreadPool.GetMinThreads(out int threads, out _);
        SetThreads(Threads(threads, _most, ThreadPool.PendingWorkItemCount, share));
    }
}
