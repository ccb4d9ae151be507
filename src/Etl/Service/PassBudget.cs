namespace PaletteEtl.Service;

/// <summary>The budget of processor time for looks at the whole catalogue: a share of a core, of which up to one second accumulates while
/// none is needed.</summary>
internal sealed class PassBudget(TimeProvider clock, double share)
{
    private static readonly TimeSpan Max = TimeSpan.FromSeconds(1);

    private TimeSpan _left = Max;
    private long _at = clock.GetTimestamp();

    public bool IsLeft
    {
        get
        {
            long now = clock.GetTimestamp();
            TimeSpan saved = _left + (share * clock.GetElapsedTime(_at, now));
            (_left, _at) = (saved < Max ? saved : Max, now);
            return _left > TimeSpan.Zero;
        }
    }

    public void Spend(TimeSpan time) => _left -= time;
}
