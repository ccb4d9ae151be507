using Etl.Host.Run;

namespace Etl.IntegrationTests.Run;

public sealed class BlockedReadsTests
{
    [Theory]
    [InlineData(2, 8, 1, 0.1, 4)]
    [InlineData(4, 14, 3, 0.79, 8)]
    [InlineData(8, 14, 3, 0.1, 14)] // no more than the stages can use
    [InlineData(2, 8, 1, 0.8, 2)] // the cores are busy
    [InlineData(2, 8, 0, 0.1, 2)] // nothing waits for a thread
    [InlineData(32, 14, 1, 0.1, 32)] // never less
    public void Threads_OfSoMany_DoubleWhileWorkWaitsAndCoresAreIdle(int threads, int most, long waiting, double share, int expected) =>
        Assert.Equal(expected, BlockedReads.Threads(threads, most, waiting, share));
}
