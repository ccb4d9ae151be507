using PaletteEtl.Catalogue;

namespace PaletteEtl.Service;

/// <summary>The movies of another source that are due. A pass finds the first of them, and a run continues it, so that a
/// large table is read once for both.</summary>
/// <param name="movies">The other source.</param>
/// <param name="schedule">Says which are due.</param>
/// <param name="clock">The time.</param>
/// <param name="used">Processor time of the current thread. Waiting for a lock is not counted.</param>
internal sealed class DueMovieSource(IMovieSource movies, RetrySchedule schedule, TimeProvider clock, Func<TimeSpan> used)
    : IMovieSource, IDisposable
{
    /// <summary>How long a count is put off: by then most passes have come to their end, and know.</summary>
    private static readonly TimeSpan CountDelay = TimeSpan.FromSeconds(1);

    private readonly ManualResetEventSlim _passEnded = new();
    private IEnumerator<Movie>? _pass;
    private long _found;
    private long _leftOut;

    /// <summary>Processor time the last pass spent reading.</summary>
    public TimeSpan Spent { get; private set; }

    /// <summary>When the first movie of the last pass is due next: one that was not due then, or one that was, if its cover still has not
    /// changed; null when there is none.</summary>
    public DateTimeOffset? NextDue { get; private set; }

    /// <summary>Whether the last pass got to the end and found every movie due.</summary>
    public bool IsComplete { get; private set; }

    private bool IsAtEnd { get; set; }

    /// <summary>Starts a pass. Returns whether a movie is due; a run then reads it and the rest.</summary>
    /// <exception cref="CatalogueException">The catalogue cannot be read.</exception>
    public bool StartPass(CancellationToken draining)
    {
        End();
        (Spent, NextDue, IsAtEnd, IsComplete, _found, _leftOut) = (default, null, false, false, 0, 0);
        _passEnded.Reset();
        _pass = movies.ReadMissing(draining).GetEnumerator();
        if (MoveNext(draining))
        {
            return true;
        }

        End();
        return false;
    }

    public IEnumerable<Movie> ReadMissing(CancellationToken draining)
    {
        if (_pass is null)
        {
            yield break;
        }

        try
        {
            do
            {
                yield return _pass.Current;
            }
            while (MoveNext(draining));
        }
        finally
        {
            End();
        }
    }

    public long CountMissing(CancellationToken cancellationToken)
    {
        if (_passEnded.Wait(CountDelay, cancellationToken) && IsAtEnd)
        {
            return Interlocked.Read(ref _found);
        }

        DateTimeOffset now = clock.GetUtcNow();
        return movies.ReadMissing(cancellationToken).LongCount(movie => schedule.DueAt(movie.Id, movie.Previous) <= now);
    }

    public void Dispose()
    {
        End();
        _passEnded.Dispose();
    }

    private bool MoveNext(CancellationToken draining)
    {
        TimeSpan before = used();
        try
        {
            while (_pass!.MoveNext())
            {
                bool isDue = schedule.Take(_pass.Current, clock.GetUtcNow(), out DateTimeOffset? next);
                NextDue = NextDue < next ? NextDue : next ?? NextDue;
                if (isDue)
                {
                    Interlocked.Increment(ref _found);
                    return true;
                }

                _leftOut++;
            }

            IsAtEnd = !draining.IsCancellationRequested;
            IsComplete = IsAtEnd && _leftOut == 0;
            return false;
        }
        finally
        {
            Spent += used() - before;
        }
    }

    private void End()
    {
        if (_pass is not null)
        {
            _pass.Dispose();
            _pass = null;
            schedule.PassEnded(IsAtEnd);
            _passEnded.Set();
        }
    }
}
