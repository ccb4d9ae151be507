namespace PaletteEtl.Covers;

/// <summary>How long one cover may take to be decoded. It runs from the start, and stands still while it is paused.</summary>
internal sealed class Deadline(TimeSpan limit, TimeProvider clock)
{
    private TimeSpan _spent;
    private long _since = clock.GetTimestamp();

    public bool HasPassed => _spent + clock.GetElapsedTime(_since) > limit;

    /// <summary>Stops the clock, as while a cover waits for memory.</summary>
    public void Pause() => _spent += clock.GetElapsedTime(_since);

    public void Resume() => _since = clock.GetTimestamp();

    /// <exception cref="CoverException">The time is up.</exception>
    public void ThrowIfPassed()
    {
        if (HasPassed)
        {
            throw new CoverException(FailureReason.Timeout, $"Decoding the cover took longer than {limit}.");
        }
    }
}
