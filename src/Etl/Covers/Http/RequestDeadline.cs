namespace PaletteEtl.Covers.Http;

/// <summary>Cancels a token once its time is up. The time stands still while it is paused.</summary>
internal sealed class RequestDeadline : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _either;
    private readonly TimeSpan _time;
    private TimeSpan _left;
    private long _since;

    /// <param name="time">The timeout.</param>
    /// <param name="clock">The clock of the timeout.</param>
    /// <param name="earlier">Cancels the token as well.</param>
    public RequestDeadline(TimeSpan time, TimeProvider clock, CancellationToken earlier)
    {
        (_clock, _time, _left, _since) = (clock, time, time, clock.GetTimestamp());
        _timer = new CancellationTokenSource(time, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(earlier, _timer.Token);
    }

    public CancellationToken Token => _either.Token;

    /// <summary>Time that is left while it is not paused; below zero once it is up.</summary>
    public TimeSpan Left => _left - _clock.GetElapsedTime(_since);

    /// <summary>Time that has passed while it was not paused.</summary>
    public TimeSpan Used => _time - Left;

    public void Pause()
    {
        _left = Left;
        _timer.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    public void Resume()
    {
        _since = _clock.GetTimestamp();
        _timer.CancelAfter(_left > TimeSpan.Zero ? _left : TimeSpan.Zero);
    }

    public void Dispose()
    {
        _either.Dispose();
        _timer.Dispose();
    }
}
