namespace Etl.Host.Service;

/// <summary>The budget of processor time for passes over the catalogue: 2 % of a core; up to one second accumulates while none is
/// needed.</summary>
internal sealed class PassBudget(TimeProvider clock)
{
    private const double Share = 0.02;
    private static readonly TimeSpan Max = TimeSpan.FromSeconds(1);

    private TimeSpan _left = Max;
    private long _at = clock.GetTimestamp();

    public bool IsLeft
    {
        get
        {
            long now = clock.GetTimestamp();
            TimeSpan saved = _left + (Share * clock.GetElapsedTime(_at, now));
            (_left, _at) = (saved < Max ? saved : Max, now);
            return _left > TimeSpan.Zero;
        }
    }

    public void Spend(TimeSpan time) => _left -= time;
}
