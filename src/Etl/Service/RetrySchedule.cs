namespace PaletteEtl.Service;

/// <summary>When a movie that failed is tried again: after <see cref="EtlServiceOptions.RetryDelay"/>, then after twice as
/// long each time, up to <see cref="EtlServiceOptions.MaxRetryDelay"/>.</summary>
/// <remarks>
/// Failures that may pass are counted in their dead letters, so that their delays outlive the process. One that stands as
/// long as the cover stays the same leaves its dead letter as it is, so the attempts at that cover are counted in
/// memory alone, and a new process tries each once. A time in the future comes from a clock that was ahead; the time at which a pass
/// first finds it takes its place.
/// </remarks>
internal sealed class RetrySchedule(EtlServiceOptions options, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private DateTimeOffset _started = clock.GetUtcNow();
    private Dictionary<UInt128, Attempt> _attempts = [];
    private Dictionary<UInt128, Attempt> _attemptsOfPass = [];

    /// <summary>When a movie is due; in the past when it is now.</summary>
    public DateTimeOffset DueAt(MovieId id, DeadLetter? previous)
    {
        lock (_gate)
        {
            DateTimeOffset now = clock.GetUtcNow();
            return DueAt(previous, LastAttempt(MovieKey.Of(id), previous, now), now);
        }
    }

    /// <summary>A pass over the catalogue comes by a movie.</summary>
    /// <param name="movie">The movie.</param>
    /// <param name="now">The time.</param>
    /// <param name="next">When it is due next; null where a run writes a dead letter that says so, or a palette.</param>
    /// <returns>Whether it is due now, and then it counts as tried.</returns>
    public bool Take(Movie movie, DateTimeOffset now, out DateTimeOffset? next)
    {
        DeadLetter? previous = movie.Previous;
        bool stands = previous is { Stands: true };
        if (!stands && !(previous?.LastAt > now))
        {
            DateTimeOffset transientDue = DueAt(previous, default, now);
            next = transientDue > now ? transientDue : null;
            return next is null;
        }

        UInt128 key = MovieKey.Of(movie.Id);
        lock (_gate)
        {
            Attempt attempt = LastAttempt(key, previous, now);
            DateTimeOffset due = DueAt(previous, attempt, now);
            bool isDue = due <= now;
            attempt = _attemptsOfPass[key] = isDue && stands ? new Attempt(now, attempt.Count + 1) : attempt;
            next = !isDue ? due : stands ? DueAt(previous, attempt, now) : null;
            return isDue;
        }
    }

    /// <summary>A pass is over. After one over the whole catalogue, what is known of movies that are no longer missing is
    /// forgotten.</summary>
    public void PassEnded(bool whole)
    {
        lock (_gate)
        {
            if (!whole)
            {
                foreach ((UInt128 key, Attempt attempt) in _attempts)
                {
                    _attemptsOfPass.TryAdd(key, attempt);
                }
            }

            (_attempts, _attemptsOfPass) = (_attemptsOfPass, _attempts);
            _attemptsOfPass.Clear();
        }
    }

    /// <summary>A run has failed, so counted attempts may not have been made.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _attempts.Clear();
        }
    }

    /// <summary>The last attempt at a movie. Times that are ahead of the clock count as now.</summary>
    private Attempt LastAttempt(UInt128 key, DeadLetter? previous, DateTimeOffset now)
    {
        _started = _started < now ? _started : now;
        Attempt attempt = _attempts.GetValueOrDefault(key);
        bool isAhead = attempt.At > now || (attempt.At == default && previous?.LastAt > now);
        return isAhead ? attempt with { At = now } : attempt;
    }

    private DateTimeOffset DueAt(DeadLetter? previous, Attempt attempt, DateTimeOffset now)
    {
        if (previous is not { Attempts: > 0, LastAt: { } failed } || (previous.Stands && attempt.Count == 0 && failed < _started))
        {
            return DateTimeOffset.MinValue;
        }

        return (failed > attempt.At && failed <= now ? failed : attempt.At) + DelayAfter(previous.Attempts + attempt.Count);
    }

    private TimeSpan DelayAfter(long attempts)
    {
        double seconds = options.RetryDelay.TotalSeconds * Math.Pow(2, attempts - 1);
        return seconds < options.MaxRetryDelay.TotalSeconds ? TimeSpan.FromSeconds(seconds) : options.MaxRetryDelay;
    }

    /// <param name="At">When the cover was last tried, or its failure first found to be in the future.</param>
    /// <param name="Count">Number of failed attempts.</param>
    private readonly record struct Attempt(DateTimeOffset At, int Count);
}
