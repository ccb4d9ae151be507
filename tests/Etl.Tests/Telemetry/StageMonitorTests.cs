using Microsoft.Extensions.Time.Testing;
using PaletteEtl.Model;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;

namespace Etl.Tests.Telemetry;

public sealed class StageMonitorTests
{
    private const int Parallelism = 3;
    private const int Capacity = 5;

    private readonly FakeTimeProvider _clock = new();
    private readonly StageMonitor _monitor;
    private int _queued;

    public StageMonitorTests()
    {
        _monitor = new StageMonitor("decode", Parallelism, Capacity, new EtlMetrics(new TestMeterFactory()), _clock);
        _monitor.Attach(() => _queued);
        _monitor.Start(_clock.GetTimestamp());
    }

    [Fact]
    public void Report_NothingToDo_IsStarved()
    {
        Pass(seconds: 10);

        AssertTimes(busy: 0, blocked: 0, starved: 30);
    }

    [Fact]
    public void Report_SomeWork_IsBusyWhileTheOthersStarve()
    {
        long started = _monitor.ItemStarted();
        Pass(seconds: 4);
        _monitor.ItemEnded(started, waited: 0, failure: null);
        Pass(seconds: 6);

        AssertTimes(busy: 4, blocked: 0, starved: 26);
        Assert.Equal(4, _monitor.Report().P50.TotalSeconds, tolerance: 4 * 0.032);
    }

    [Fact]
    public void Report_FullOfFinishedItems_IsBlocked()
    {
        _monitor.ItemStarted();
        Queue(Capacity - 1);
        Pass(seconds: 2);
        Queue(Capacity - 2);
        Pass(seconds: 3);

        AssertTimes(busy: 5, blocked: 2 * 2, starved: 2 * 3);
    }

    [Fact]
    public void Report_WaitingForMemory_IsBlockedAndNotCountedAsWork()
    {
        long started = _monitor.ItemStarted();
        Pass(seconds: 1);
        long since = _monitor.WaitStarted();
        Pass(seconds: 5);
        long waited = _monitor.WaitEnded(since);
        Pass(seconds: 2);
        _monitor.ItemEnded(started, waited, failure: null);

        AssertTimes(busy: 3, blocked: 5, starved: 2 * 8);
        Assert.Equal(3, _monitor.Report().P99.TotalSeconds, tolerance: 3 * 0.032);
        Assert.Equal(3, _monitor.Report().Longest.TotalSeconds, tolerance: 3 * 0.032);
    }

    [Fact]
    public void Report_HeldByAnOutage_IsBlockedAndDoesNotWaitForMemory()
    {
        _monitor.ItemStarted();
        Pass(seconds: 1);
        _monitor.HoldStarted();
        Pass(seconds: 5);
        (int inProgress, int held) = (_monitor.Report().InProgress, _monitor.Report().Held);
        _monitor.HoldEnded();
        Pass(seconds: 2);

        AssertTimes(busy: 3, blocked: 5, starved: 2 * 8);
        Assert.Equal((0, 1, TimeSpan.Zero), (inProgress, held, _monitor.Report().MemoryWait));
    }

    [Fact]
    public void Report_FilledByHalf_SaysSo()
    {
        Queue(Capacity);
        Pass(seconds: 5);
        Queue(0);
        Pass(seconds: 5);

        Assert.Equal(0.5, _monitor.Report().MeanFill, precision: 9);
    }

    [Fact]
    public void Report_HeldItems_AreThoseInHandWaitingAndQueued()
    {
        _monitor.ItemStarted();
        _monitor.ItemStarted();
        _monitor.WaitStarted();
        Queue(2);

        Assert.Equal(4, _monitor.Report().Held);
    }

    [Fact]
    public void ItemEnded_WithAndWithoutFailure_CountsFailures()
    {
        var failure = new Failure("decode", FailureReason.Corrupt, "It is damaged.", Version: null);
        foreach (Failure? one in (Failure?[])[null, failure, null])
        {
            _monitor.ItemEnded(_monitor.ItemStarted(), waited: 0, one);
        }

        Assert.Equal((3, 1), (_monitor.Report().Items, _monitor.Report().Failures));
    }

    [Fact]
    public void Stop_TimeGoesOn_ChargesNoMore()
    {
        Pass(seconds: 2);
        _monitor.Stop(_clock.GetTimestamp());
        Pass(seconds: 100);

        AssertTimes(busy: 0, blocked: 0, starved: 6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Report_AnyCourse_AddsUpToWorkersTimesWallClock(int seed)
    {
        var random = new Random(seed);
        var inHand = new Stack<long>();
        var waiting = new Stack<long>();
        double wall = 0;
        for (int step = 0; step < 1_000; step++)
        {
            int choice = random.Next(5);
            if (choice == 0 && inHand.Count + waiting.Count < Parallelism)
            {
                inHand.Push(_monitor.ItemStarted());
            }
            else if (choice == 1 && inHand.TryPop(out long started))
            {
                _monitor.ItemEnded(started, waited: 0, failure: null);
            }
            else if (choice == 2 && inHand.TryPop(out _))
            {
                waiting.Push(_monitor.WaitStarted());
            }
            else if (choice == 3 && waiting.TryPop(out long since))
            {
                inHand.Push(since + _monitor.WaitEnded(since));
            }
            else
            {
                Queue(random.Next(Capacity));
            }

            double seconds = random.NextDouble();
            wall += seconds;
            _clock.Advance(TimeSpan.FromSeconds(seconds));
        }

        StageReport report = _monitor.Report();
        Assert.Equal(Parallelism * wall, (report.Busy + report.Blocked + report.Starved).TotalSeconds, tolerance: 0.01);
        Assert.Equal(1, report.BusyShare + report.BlockedShare + report.StarvedShare, precision: 9);
        Assert.InRange(report.MeanFill, 0, 1);
    }

    private void Pass(double seconds) => _clock.Advance(TimeSpan.FromSeconds(seconds));

    private void Queue(int items)
    {
        _queued = items;
        _monitor.Refresh();
    }

    private void AssertTimes(double busy, double blocked, double starved)
    {
        StageReport report = _monitor.Report();
        Assert.Equal(
            (busy, blocked, starved),
            (report.Busy.TotalSeconds, report.Blocked.TotalSeconds, report.Starved.TotalSeconds));
    }
}
