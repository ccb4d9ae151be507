using System.Diagnostics;
using PaletteEtl.Service;

namespace Etl.IntegrationTests.Service;

public sealed class ThreadTimeTests
{
    [Fact]
    public void Used_WorkAndWait_CountsTheWork()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere waiting is counted as well.");
        using var never = new ManualResetEventSlim();
        TimeSpan before = ThreadTime.Used();
        never.Wait(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken);
        TimeSpan waited = ThreadTime.Used() - before;

        before = ThreadTime.Used();
        long started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromMilliseconds(50))
        {
        }

        TimeSpan worked = ThreadTime.Used() - before;

        Assert.InRange(waited, TimeSpan.Zero, TimeSpan.FromMilliseconds(20));
        Assert.InRange(worked, waited, TimeSpan.FromSeconds(1));
    }
}
