namespace PaletteEtl.Covers;

/// <summary>How long one cover may take to be decoded. It runs from the start, and stands still while it is paused. A cancelled
/// call has no time left.</summary>
internal sealed class Deadline(TimeSpan limit, TimeProvider clock, CancellationToken cancellationToken = default)
{
    private TimeSpan _spent;
    private long _since = clock.GetTimestamp();

    public bool HasPassed => cancellationToken.IsCancellationRequested || _spent + clock.GetElapsedTime(_since) > limit;

    /// <summary>Stops the clock, as while a cover waits for memory.</summary>
    public void Pause() => _spent += clock.GetElapsedTime(_since);

    public void Resume() => _since = clock.GetTimestamp();

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
