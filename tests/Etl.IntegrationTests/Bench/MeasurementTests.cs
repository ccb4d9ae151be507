using Etl.Host.Bench;

namespace Etl.IntegrationTests.Bench;

public sealed class MeasurementTests
{
    private const int Covers = 10;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)] // a pass takes ten seconds
    [InlineData(50, 6)]
    [InlineData(95, 11)]
    public async Task PrepareAsync_ThenMeasure_TakesAsManyPassesAsARoundShouldLast(int seconds, int passes)
    {
        var asked = new List<int>();
        Measurement measurement = Of(asked, secondsACover: 1);

        await measurement.PrepareAsync(TimeSpan.FromSeconds(seconds), CancellationToken.None);
        await measurement.MeasureAsync(CancellationToken.None);

        Assert.Equal(passes, asked[^1]);
        Assert.Equal(TimeSpan.FromSeconds(passes * Covers), measurement.Elapsed);
    }

    [Fact]
    public async Task PrepareAsync_FirstPassIsSlow_GoesByTheSecond()
    {
        var asked = new List<int>();
        Measurement measurement = Of(asked, 1, 0.1);

        await measurement.PrepareAsync(TimeSpan.FromSeconds(20), CancellationToken.None);
        await measurement.MeasureAsync(CancellationToken.None);

        Assert.Equal([1, 1, 22], asked);
    }

    [Fact]
    public async Task Against_RoundsOfDifferentSpeed_IsTheMedianOfTheirRatios()
    {
        Measurement one = Of([], 1, 2, 8), other = Of([], 2, 2, 32);

        for (int round = 0; round < 3; round++)
        {
            await one.MeasureAsync(CancellationToken.None);
            await other.MeasureAsync(CancellationToken.None);
        }

        Assert.Equal(2, one.Against(other));
        Assert.Equal(0.5, one.CoversPerSecond);
        Assert.Equal(1_000, one.CpuMilliseconds);
    }

    /// <summary>A measurement whose rounds take a time a cover, one after the other; the last stays. Half of it is the processor's.</summary>
    private static Measurement Of(List<int> asked, params double[] secondsACover) => new("a name", Covers, (passes, _) =>
    {
        var elapsed = TimeSpan.FromSeconds(passes * Covers * secondsACover[Math.Min(asked.Count, secondsACover.Length - 1)]);
        asked.Add(passes);
        return Task.FromResult(new Speed(passes * Covers, elapsed, elapsed / 2));
    });
}
