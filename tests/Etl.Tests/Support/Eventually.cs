using System.Diagnostics;

namespace Etl.Tests.Support;

/// <summary>Waits for what other threads bring about; the only place that polls.</summary>
internal static class Eventually
{
    private static readonly TimeSpan MinInterval = TimeSpan.FromMilliseconds(2), MaxInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until a condition holds.</summary>
    public static async Task Holds(Func<bool> condition)
    {
        long started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TestTimeout, "The condition did not come to hold.");
            await PauseAsync(started);
        }
    }

    /// <summary>Likewise one that takes an answer to tell.</summary>
    public static async Task Holds(Func<Task<bool>> condition)
    {
        long started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TestTimeout, "The condition did not come to hold.");
            await PauseAsync(started);
        }
    }

    /// <summary>Waits until a value is reached, and sees that it is kept.</summary>
    public static async Task StaysAt<T>(T expected, Func<T> value)
        where T : notnull
    {
        long started = Stopwatch.GetTimestamp();
        while (!expected.Equals(value()))
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TestTimeout, $"The value is {value()}, not {expected}.");
            await PauseAsync(started);
        }

        long reached = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(reached) < Quiet)
        {
            Assert.Equal(expected, value());
            await Task.Delay(MinInterval);
        }
    }

    /// <summary>Waits a tenth of the time so far: a condition often takes a process of its own or a query, which a long wait would starve.</summary>
    private static Task PauseAsync(long started)
    {
        TimeSpan pause = Stopwatch.GetElapsedTime(started) / 10;
        return Task.Delay(pause < MinInterval ? MinInterval : pause > MaxInterval ? MaxInterval : pause);
    }
}
