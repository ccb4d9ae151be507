using Etl.Host.Recovery;

namespace Etl.Host.Service;

/// <summary>When a movie that failed is tried again: after <see cref="ServiceOptions.RetryDelay"/>, then after twice as
/// long each time, up to <see cref="ServiceOptions.MaxRetryDelay"/>.</summary>
/// <remarks>
/// Failures that may pass are counted in their dead letters, so that their delays outlive the process. One that stands as
/// long as the cover stays the same leaves its dead letter as it is, so how often that cover was looked at is kept in
/// memory alone, and a new process looks at each once. A time in the future comes from a clock that was ahead; the time at which a pass
/// first finds it takes its place.
/// </remarks>
internal sealed class RetrySchedule(ServiceOptions options, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private DateTimeOffset _started = clock.GetUtcNow();
    private Dictionary<UInt128, Look> _looks = [];
    private Dictionary<UInt128, Look> _looksOfPass = [];

    /// <summary>When a movie is due; in the past when it is now.</summary>
    public DateTimeOffset DueAt(MovieId id, DeadLetter? previous)
    {
        lock (_gate)
        {
            DateTimeOffset now = clock.GetUtcNow();
            return DueAt(previous, LookOf(JournalEntry.KeyOf(id), previous, now), now);
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

        UInt128 key = JournalEntry.KeyOf(movie.Id);
        lock (_gate)
        {
            Look look = LookOf(key, previous, now);
            DateTimeOffset due = DueAt(previous, look, now);
            bool isDue = due <= now;
            look = _looksOfPass[key] = isDue && stands ? new Look(now, look.Count + 1) : look;
            next = !isDue ? due : stands ? DueAt(previous, look, now) : null;
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
                foreach ((UInt128 key, Look look) in _looks)
                {
                    _looksOfPass.TryAdd(key, look);
                }
            }

            (_looks, _looksOfPass) = (_looksOfPass, _looks);
            _looksOfPass.Clear();
        }
    }

    /// <summary>A run has failed, so that covers that counted as looked at may not have been.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _looks.Clear();
        }
    }

    /// <summary>The last look at a movie. Times that are ahead of the clock count as now.</summary>
    private Look LookOf(UInt128 key, DeadLetter? previous, DateTimeOffset now)
    {
        _started = _started < now ? _started : now;
        Look look = _looks.GetValueOrDefault(key);
        bool isAhead = look.At > now || (look.At == default && previous?.LastAt > now);
        return isAhead ? look with { At = now } : look;
    }

    private DateTimeOffset DueAt(DeadLetter? previous, Look look, DateTimeOffset now)
    {
        if (previous is not { Attempts: > 0, LastAt: { } failed } || (previous.Stands && look.Count == 0 && failed < _started))
        {
            return DateTimeOffset.MinValue;
        }

        return (failed > look.At && failed <= now ? failed : look.At) + DelayAfter(previous.Attempts + look.Count);
    }

    private TimeSpan DelayAfter(long attempts)
    {
        double seconds = options.RetryDelay.TotalSeconds * Math.Pow(2, attempts - 1);
        return seconds < options.MaxRetryDelay.TotalSeconds ? TimeSpan.FromSeconds(seconds) : options.MaxRetryDelay;
    }

    /// <param name="At">When the cover was last looked at, or its failure first found to be in the future.</param>
    /// <param name="Count">How often it was, in vain.</param>
    private readonly record struct Look(DateTimeOffset At, int Count);
}
