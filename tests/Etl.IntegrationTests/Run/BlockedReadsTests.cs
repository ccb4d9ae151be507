using Etl.Host.Run;
using Microsoft.Extensions.Time.Testing;

namespace Etl.IntegrationTests.Run;

public sealed class BlockedReadsTests
{
    [Theory]
    [InlineData("idle idle", 0)]
    [InlineData("idle idle idle", 1)]
    [InlineData("idle idle idle idle idle idle", 1)] // for good
    [InlineData("idle idle busy idle idle", 0)]
    [InlineData("busy idle idle idle", 1)]
    [InlineData("idle idle done idle idle", 0)] // nothing waits for a thread
    [InlineData("done done done done", 0)]
    public void Look_CoresIdleWhileWorkWaits_GivesThreadsAtTheThirdTime(string looks, int given)
    {
        var clock = new FakeTimeProvider();
        TimeSpan used = TimeSpan.Zero;
        long waiting = 0;
        int times = 0;
        using var reads = new BlockedReads(clock, () => used, () => waiting, () => times++);

        foreach (string look in looks.Split(' '))
        {
            TimeSpan share = TimeSpan.FromMilliseconds(look == "busy" ? 81 : 79);
            used += share * Environment.ProcessorCount;
            waiting = look == "done" ? 0 : 1;
            clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(given, times);
    }
}
