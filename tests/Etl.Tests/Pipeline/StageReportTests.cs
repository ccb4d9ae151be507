using PaletteEtl.Model;

namespace Etl.Tests.Pipeline;

public sealed class StageReportTests
{
    [Fact]
    public void Shares_OfTheWorkersTime_AddUpToOne()
    {
        StageReport report = Report(busy: 1, blocked: 2, memory: 1, starved: 5);

        Assert.Equal(
            (0.125, 0.25, 0.125, 0.625), (report.BusyShare, report.BlockedShare, report.MemoryShare, report.StarvedShare));
    }

    [Fact]
    public void Shares_OfNoTime_AreZero()
    {
        StageReport report = Report(busy: 0, blocked: 0, memory: 0, starved: 0);

        Assert.Equal((0, 0, 0, 0), (report.BusyShare, report.BlockedShare, report.MemoryShare, report.StarvedShare));
    }

    private static StageReport Report(int busy, int blocked, int memory, int starved) => new()
    {
        Name = "decode",
        DegreeOfParallelism = 1,
        Capacity = 1,
        Items = 0,
        Failures = 0,
        P50 = default,
        P95 = default,
        P99 = default,
        Longest = default,
        Busy = TimeSpan.FromSeconds(busy),
        Blocked = TimeSpan.FromSeconds(blocked),
        MemoryWait = TimeSpan.FromSeconds(memory),
        Starved = TimeSpan.FromSeconds(starved),
        MeanFill = 0,
        Held = 0,
    };
}
