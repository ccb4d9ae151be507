using System.Collections.Concurrent;

namespace Etl.Tests.Support;

/// <summary>A clock on which waits shorter than a timeout are over at once, and the time with them. Timeouts come when a
/// test moves the clock.</summary>
internal sealed class HurriedClock(TimeSpan timeout) : SettableClock(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero))
{
    /// <summary>The waits, in order.</summary>
    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime >= TimeSpan.Zero && dueTime < timeout)
        {
            Waits.Enqueue(dueTime);
            ThreadPool.QueueUserWorkItem(_ => Advance(dueTime));
        }

        return timer;
    }
}
