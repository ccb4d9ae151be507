namespace PaletteEtl.Service;

/// <summary>Pauses a service and resumes it. Nothing is stored: a new process is not paused.</summary>
internal sealed class PauseSwitch
{
    private volatile Period _now = new(IsPaused: false);

    public bool IsPaused => _now.IsPaused;

    /// <summary>Cancelled when the next pause begins.</summary>
    public CancellationToken Requested => _now is { IsPaused: false } period ? period.End.Token : new CancellationToken(canceled: true);

    /// <summary>Pauses, or resumes. Returns whether that changes anything.</summary>
    public bool Set(bool isPaused)
    {
        Period before = _now;
        if (before.IsPaused == isPaused || Interlocked.CompareExchange(ref _now, new Period(isPaused), before) != before)
        {
            return false;
        }

        _ = before.End.CancelAsync(); // what waits for it goes on in another thread
        return true;
    }

    /// <summary>Completes while there is no pause.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public async Task ResumedAsync(CancellationToken cancellationToken)
    {
        while (_now is { IsPaused: true } pause)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(pause.End.Token, cancellationToken);
            await Task.Delay(Timeout.InfiniteTimeSpan, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>A time with or without a pause.</summary>
    private sealed record Period(bool IsPaused)
    {
        /// <summary>Cancelled at its end.</summary>
        public CancellationTokenSource End { get; } = new();
    }
}
