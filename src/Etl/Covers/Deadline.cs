namespace PaletteEtl.Covers;

/// <summary>How long one cover may take to be decoded. It runs from the start, and stands still while it is paused. A cancelled
/// call has no time left.</summary>
internal sealed class Deadline(TimeSpan limit, TimeProvider clock, CancellationToken cancellationToken = default)
{
    /// <summary>The timestamp of the start, moved by the pauses. During a pause, the timestamps that have passed.</summary>
    private long _since = clock.GetTimestamp();

    public bool HasPassed => cancellationToken.IsCancellationRequested || clock.GetElapsedTime(_since) > limit;

    /// <summary>Stops the clock, as while a cover waits for memory.</summary>
    public void Pause() => _since = clock.GetTimestamp() - _since;

    /// <summary>Starts the clock after a pause.</summary>
    public void Resume() => _since = clock.GetTimestamp() - _since;

    /// <exception cref="CoverException">The time is up.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public void ThrowIfPassed()
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (HasPassed)
        {
            throw new CoverException(FailureReason.Timeout, $"Decoding the cover took longer than {limit}.");
        }
    }
}
