namespace Etl.Fetch;

/// <summary>Cancels a token once its time is up. The time can be stopped meanwhile.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _either;
    private TimeSpan _left;
    private long _since;

    /// <param name="time">The time there is.</param>
    /// <param name="clock">What measures it.</param>
    /// <param name="earlier">Cancels the token as well.</param>
    public Deadline(TimeSpan time, TimeProvider clock, CancellationToken earlier)
    {
        (_clock, _left, _since) = (clock, time, clock.GetTimestamp());
        _timer = new CancellationTokenSource(time, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(earlier, _timer.Token);
    }

    public CancellationToken Token => _either.Token;

    /// <summary>Time that is left while it is not stopped; below zero once it is up.</summary>
    public TimeSpan Left => _left - _clock.GetElapsedTime(_since);

    public void Stop()
    {
        _left = Left;
        _timer.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    public void GoOn()
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
