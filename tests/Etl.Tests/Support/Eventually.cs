using System.Diagnostics;

namespace Etl.Tests.Support;

/// <summary>Waits for what other threads bring about; the only place that polls.</summary>
internal static class Eventually
{
    private static readonly TimeSpan MinPause = TimeSpan.FromMilliseconds(2), MaxPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MaxPauseOfExpensive = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until a condition holds.</summary>
    public static Task Holds(Func<bool> condition) => UntilAsync(() => new(condition()), static () => "The condition did not come to hold.");

    /// <summary>Likewise one that takes an answer to tell.</summary>
    public static Task Holds(Func<Task<bool>> condition) => UntilAsync(() => new(condition()), static () => "The condition did not come to hold.");

    /// <summary>Waits until a value is reached, and sees that it is kept.</summary>
    public static async Task StaysAt<T>(T expected, Func<T> value)
        where T : notnull
    {
        await UntilAsync(() => new(expected.Equals(value())), () => $"The value is {value()}, not {expected}.");
        long reached = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(reached) < Quiet)
        {
            Assert.Equal(expected, value());
            await Task.Delay(MinPause);
        }
    }

    private static async Task UntilAsync(Func<ValueTask<bool>> condition, Func<string> problem)
    {
        long started = Stopwatch.GetTimestamp(), asked = started;
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) >= TestTimeout)
            {
                Assert.Fail(problem());
            }

            await Task.Delay(Pause(Stopwatch.GetElapsedTime(started), Stopwatch.GetElapsedTime(asked)));
            asked = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>A tenth of the time so far, and at least five times what the last question took: one that takes a process, a query or
    /// the tree of a page would starve what it waits for.</summary>
    private static TimeSpan Pause(TimeSpan soFar, TimeSpan question)
    {
        TimeSpan pause = TimeSpan.FromTicks(Math.Clamp(soFar.Ticks / 10, MinPause.Ticks, MaxPause.Ticks));
        return TimeSpan.FromTicks(Math.Max(pause.Ticks, Math.Min(5 * question.Ticks, MaxPauseOfExpensive.Ticks)));
    }
}
