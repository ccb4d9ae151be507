using System.Diagnostics;

namespace Etl.Host.Bench;

/// <summary>How long some covers took, and what they took of the processors.</summary>
internal sealed record Speed(int Covers, TimeSpan Elapsed, TimeSpan ProcessorTime)
{
    public double CoversPerSecond => Covers / Elapsed.TotalSeconds;

    /// <summary>CPU time per cover.</summary>
    public double CpuMilliseconds => ProcessorTime.TotalMilliseconds / Covers;

    public static async Task<Speed> OfAsync(int covers, Func<Task> work)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        long started = Stopwatch.GetTimestamp();
        await work();
        return new Speed(covers, Stopwatch.GetElapsedTime(started), Environment.CpuUsage.TotalTime - before);
    }
}
