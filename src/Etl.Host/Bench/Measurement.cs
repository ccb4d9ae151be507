namespace Etl.Host.Bench;

/// <summary>A measurement in rounds, which alternate with the rounds of other measurements.</summary>
/// <param name="name">The name that is shown for progress.</param>
/// <param name="covers">Number of covers in a pass.</param>
/// <param name="measure">Measures the given number of passes.</param>
internal sealed class Measurement(string name, int covers, Func<int, CancellationToken, Task<Speed>> measure)
{
    /// <summary>Speed of later passes relative to the first ones, which warm up the processor and its caches.</summary>
    private const double Margin = 1.1;

    private readonly List<Speed> _rounds = [];
    private int _passes = 1;

    public string Name => name;

    /// <summary>All rounds together.</summary>
    public TimeSpan Elapsed => new(_rounds.Sum(static round => round.Elapsed.Ticks));

    public double CoversPerSecond => Median(_rounds.Select(static round => round.CoversPerSecond));

    public double CpuMilliseconds => Median(_rounds.Select(static round => round.CpuMilliseconds));

    /// <summary>Warms up, and finds how many passes last as long as a round should.</summary>
    public async Task PrepareAsync(TimeSpan round, CancellationToken stopping)
    {
        Speed speed = await measure(1, stopping);
        if (speed.Elapsed < round)
        {
            speed = await measure(1, stopping); // the first of so few covers has mostly been compiling
        }

        _passes = Math.Max(1, (int)Math.Ceiling(round.TotalSeconds * Margin * speed.CoversPerSecond / covers));
    }

    public async Task MeasureAsync(CancellationToken stopping) => _rounds.Add(await measure(_passes, stopping));

    /// <summary>How many times as fast it is as another, whose rounds were beside its own.</summary>
    public double Against(Measurement other) =>
        Median(_rounds.Zip(other._rounds, static (mine, its) => mine.CoversPerSecond / its.CoversPerSecond));

    private static double Median(IEnumerable<double> rounds)
    {
        double[] sorted = [.. rounds.Order()];
        return sorted[sorted.Length / 2];
    }
}
