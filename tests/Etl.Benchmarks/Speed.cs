using System.Diagnostics;

namespace Etl.Benchmarks;

/// <summary>How fast one way of doing it was, and what it took of the processors.</summary>
internal sealed record Speed(string Name, double CoversPerSecond, double CpuMilliseconds)
{
    public static async Task<Speed> OfAsync(string name, int covers, Func<Task> work)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        long started = Stopwatch.GetTimestamp();
        await work();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        return new Speed(name, covers / elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / covers);
    }

    /// <summary>Prints one way's speed as a ratio of the other's, round by round, and its cost likewise.</summary>
    public static void Compare(string what, IEnumerable<Speed> ways, IEnumerable<Speed> others)
    {
        double[] speeds = [.. ways.Zip(others, (way, other) => way.CoversPerSecond / other.CoversPerSecond).Order()];
        double[] costs = [.. ways.Zip(others, (way, other) => way.CpuMilliseconds / other.CpuMilliseconds).Order()];
        Console.WriteLine(
            $"{what}, median of {speeds.Length}: covers/s {speeds[speeds.Length / 2]:0.000} (least {speeds[0]:0.000}, most {speeds[^1]:0.000}), "
            + $"CPU a cover {costs[costs.Length / 2]:0.000} (least {costs[0]:0.000}, most {costs[^1]:0.000})");
    }

    public override string ToString() => $"{Name} {CoversPerSecond,7:0.0} covers/s {CpuMilliseconds,6:0.00} ms CPU a cover";
}
