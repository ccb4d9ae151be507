using Microsoft.Extensions.Time.Testing;

namespace Etl.Tests.Support;

/// <summary>A clock that stands still and runs an action, with the number of the call, before it says what time it is.</summary>
internal sealed class HookedClock(Action<int> asked) : FakeTimeProvider(Now)
{
    public static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, 6, TimeSpan.Zero);

    private int _calls;

    public override DateTimeOffset GetUtcNow()
    {
        asked(++_calls);
        return base.GetUtcNow();
    }
}
