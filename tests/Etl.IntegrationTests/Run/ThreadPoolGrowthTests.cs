using Etl.Host.Run;
using Microsoft.Extensions.Time.Testing;

namespace Etl.IntegrationTests.Run;

public sealed class ThreadPoolGrowthTests
{
    [Theory]
    [InlineData("idle idle", 0)]
    [InlineData("idle idle idle", 1)]
    [InlineData("idle idle idle idle idle idle", 1)] // only once
    [InlineData("idle idle busy idle idle", 0)]
    [InlineData("busy idle idle idle", 1)]
    [InlineData("idle idle done idle idle", 0)] // no work item is pending
    [InlineData("done done done done", 0)]
    public void Sample_CoresIdleWhileWorkIsPending_GrowsAtTheThirdSample(string samples, int expected)
    {
        var clock = new FakeTimeProvider();
        TimeSpan used = TimeSpan.Zero;
        long pending = 0;
        int times = 0;
        using var growth = new ThreadPoolGrowth(clock, () => used, () => pending, () => times++);

        foreach (string sample in samples.Split(' '))
        {
            TimeSpan share = TimeSpan.FromMilliseconds(sample == "busy" ? 81 : 79);
            used += share * Environment.ProcessorCount;
            pending = sample == "done" ? 0 : 1;
            clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(expected, times);
    }
}
