namespace Etl.Host.Service;

/// <summary>What looking for work may cost: 2 % of a core, of which up to a second is saved up while there is nothing to
/// look for.</summary>
internal sealed class LookBudget(TimeProvider clock)
{
    private const double Share = 0.02;
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(1);

    private TimeSpan _left = Most;
    private long _at = clock.GetTimestamp();

    public bool IsLeft
    {
        get
        {
            long now = clock.GetTimestamp();
            TimeSpan saved = _left + (Share * clock.GetElapsedTime(_at, now));
            (_left, _at) = (saved < Most ? saved : Most, now);
            return _left > TimeSpan.Zero;
        }
    }

    public void Spend(TimeSpan time) => _left -= time;
}
