using Etl.Cluster.Messages;

namespace Etl.Cluster.Workers;

/// <summary>The state of this worker and its counts, for its reports and its health. Safe for concurrent use.</summary>
/// <param name="name">The worker, random for each process.</param>
/// <param name="version">The version of the program.</param>
/// <param name="clock">The clock.</param>
internal sealed class WorkerMonitor(string name, string version, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _failures = new(StringComparer.Ordinal);
    private readonly long _started = clock.GetTimestamp();
    private string? _paused;
    private int _inHand;
    private long _movies;
    private long _moviesReported;
    private TimeSpan _reported;
    private TimeSpan _progress;

    /// <summary>The worker, random for each process.</summary>
    public string Name => name;

    /// <summary>Movies whose results are published.</summary>
    public long Movies
    {
        get
        {
            lock (_gate)
            {
                return _movies;
            }
        }
    }

    /// <summary>Why the worker consumes nothing, in a sentence; null when it consumes.</summary>
    public string? Paused
    {
        get
        {
            lock (_gate)
            {
                return _paused;
            }
        }
        set
        {
            lock (_gate)
            {
                _paused = value;
            }
        }
    }

    /// <summary>How long the messages in hand have made no progress; zero without any.</summary>
    public TimeSpan Stalled
    {
        get
        {
            lock (_gate)
            {
                return _inHand > 0 ? Now - _progress : TimeSpan.Zero;
            }
        }
    }

    private TimeSpan Now => clock.GetElapsedTime(_started);

    /// <summary>A message begins.</summary>
    public void MessageStarted()
    {
        lock (_gate)
        {
            _inHand++;
            _progress = Now;
        }
    }

    /// <summary>A message ends, well or not.</summary>
    public void MessageEnded()
    {
        lock (_gate)
        {
            _inHand--;
            _progress = Now;
        }
    }

    /// <summary>Something has moved: a movie is extracted, or the broker has been waited for.</summary>
    public void Progressed()
    {
        lock (_gate)
        {
            _progress = Now;
        }
    }

    /// <summary>Results are published.</summary>
    public void Published(MovieResult[] results)
    {
        lock (_gate)
        {
            _movies += results.Length;
            foreach (MovieResult result in results)
            {
                if (result.Failure is { } failure)
                {
                    string reason = failure.Reason.Name();
                    _failures[reason] = _failures.GetValueOrDefault(reason) + 1;
                }
            }
        }
    }

    /// <summary>The report of now. Its rate is that since the report before.</summary>
    public WorkerReport Report()
    {
        lock (_gate)
        {
            TimeSpan now = Now;
            double seconds = (now - _reported).TotalSeconds;
            double rate = seconds > 0 ? (_movies - _moviesReported) / seconds : 0;
            (_reported, _moviesReported) = (now, _movies);
            return new WorkerReport(
                name,
                Environment.MachineName,
                Environment.ProcessId,
                version,
                clock.GetUtcNow(),
                _paused is not null ? WorkerState.Paused : _inHand > 0 ? WorkerState.Working : WorkerState.Idle,
                _movies,
                Math.Round(rate, 1),
                new Dictionary<string, long>(_failures),
                _paused);
        }
    }
}
