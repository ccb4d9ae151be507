namespace PaletteEtl.Model;

/// <summary>The time until the next attempt at what keeps failing: a second, then twice as long each time, up to a limit.</summary>
internal sealed class Backoff(TimeSpan longest)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    private TimeSpan _next = First;

    public TimeSpan Next()
    {
        TimeSpan delay = _next;
        _next = delay * 2 < longest ? delay * 2 : longest;
        return delay;
    }

    /// <summary>It has not failed. Returns whether it had before.</summary>
    public bool Reset()
    {
        bool failed = _next != First;
        _next = First;
        return failed;
    }
}
