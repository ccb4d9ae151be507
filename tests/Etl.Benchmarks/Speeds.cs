using Etl.Host.Bench;

namespace Etl.Benchmarks;

/// <summary>Speeds on the console.</summary>
internal static class Speeds
{
    public static string Text(string name, Speed speed) =>
        $"{name} {speed.CoversPerSecond,7:0.0} covers/s {speed.CpuMilliseconds,6:0.00} ms CPU a cover";

    /// <summary>Prints one way's speed as a ratio of the other's, round by round, and its cost likewise.</summary>
    public static void Compare(string what, IEnumerable<Speed> ways, IEnumerable<Speed> others)
    {
        double[] speeds = [.. ways.Zip(others, (way, other) => way.CoversPerSecond / other.CoversPerSecond).Order()];
        double[] costs = [.. ways.Zip(others, (way, other) => way.CpuMilliseconds / other.CpuMilliseconds).Order()];
        Console.WriteLine(
            $"{what}, median of {speeds.Length}: covers/s {speeds[speeds.Length / 2]:0.000} (least {speeds[0]:0.000}, most {speeds[^1]:0.000}), "
            + $"CPU a cover {costs[costs.Length / 2]:0.000} (least {costs[0]:0.000}, most {costs[^1]:0.000})");
    }
}
