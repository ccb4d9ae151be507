using Etl.Host.Json;
using Etl.Host.Web;
using Microsoft.Extensions.Time.Testing;

namespace Etl.IntegrationTests.Web;

public sealed class TimelineTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 23, 58, 30, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Start);
    private readonly Timeline _timeline;

    public TimelineTests() => _timeline = new Timeline(_clock);

    [Fact]
    public void ToJson_SecondsOfAMinute_AreSummed()
    {
        Add(ServiceCondition.Idle, seconds: 5);
        Add(new SecondJson(8, 2, ServiceCondition.Running) { LimitingStage = "fetch", Runs = 1, Reloads = 0 });
        Add(new SecondJson(4, 1, ServiceCondition.Running) { LimitingStage = "decode", Runs = 0, Reloads = 1 });
        Add(new SecondJson(3, 0, ServiceCondition.Running) { LimitingStage = "fetch", Runs = 0, Reloads = 0 });

        TimelineJson timeline = _timeline.ToJson(from: null);

        MinuteJson minute = Assert.Single(timeline.Minutes);
        Assert.Equal((new DateTimeOffset(2026, 1, 2, 23, 58, 0, TimeSpan.Zero), 15, 3, 1, 1), (minute.At, minute.Settled, minute.DeadLetters, minute.Runs, minute.Reloads));
        Assert.Equal([("idle", 5), ("running", 3)], minute.StateSeconds.Select(static state => (state.Key, state.Value)));
        Assert.Equal([("fetch", 2), ("decode", 1)], minute.LimitingStageSeconds.Select(static stage => (stage.Key, stage.Value)));
        Assert.Equal(_clock.GetUtcNow(), timeline.Now);
    }

    [Fact]
    public void ToJson_MidnightPasses_GoesOnInTheNextDay()
    {
        Add(ServiceCondition.Idle, seconds: 120);

        Assert.Equal(
            [(2, 58, 29), (2, 59, 60), (3, 0, 31)],
            _timeline.ToJson(from: null).Minutes.Select(static minute => (minute.At.Day, minute.At.Minute, minute.StateSeconds["idle"])));
    }

    [Fact]
    public void ToJson_AfterMoreThanADay_HasTheLastDayAlone()
    {
        Add(ServiceCondition.Outage, seconds: 10 * 60);
        Add(ServiceCondition.Idle, seconds: Timeline.Capacity * 60);

        IReadOnlyList<MinuteJson> minutes = _timeline.ToJson(from: null).Minutes;

        Assert.Equal(Timeline.Capacity, minutes.Count);
        Assert.Equal(_clock.GetUtcNow().AddDays(-1).AddMinutes(1).AddSeconds(-30), minutes[0].At);
        Assert.All(minutes, static minute => Assert.Equal(["idle"], minute.StateSeconds.Keys));
        Assert.All(minutes.Zip(minutes.Skip(1)), static pair => Assert.Equal(TimeSpan.FromMinutes(1), pair.Second.At - pair.First.At));
    }

    [Theory]
    [InlineData(90, 2)]
    [InlineData(3 * Timeline.Capacity, 1)] // the minute before is at the place of the one after
    public void ToJson_ProcessWasSuspended_LeavesTheMinutesOut(int minutes, int expected)
    {
        Add(ServiceCondition.Running, seconds: 1);
        _clock.Advance(TimeSpan.FromMinutes(minutes));
        Add(ServiceCondition.Idle, seconds: 1);

        IReadOnlyList<MinuteJson> known = _timeline.ToJson(from: null).Minutes;

        Assert.Equal(expected, known.Count);
        Assert.Equal(["idle"], known[^1].StateSeconds.Keys);
    }

    [Fact]
    public void ToJson_From_BeginsWithTheMinuteOfThatTime()
    {
        Add(ServiceCondition.Idle, seconds: 10 * 60);

        Assert.Equal(3, _timeline.ToJson(_clock.GetUtcNow().AddMinutes(-2)).Minutes.Count);
        Assert.Equal(11, _timeline.ToJson(DateTimeOffset.MinValue).Minutes.Count);
        Assert.Empty(_timeline.ToJson(DateTimeOffset.MaxValue).Minutes);
    }

    [Fact]
    public void ToJson_ClockIsSetBackInAMinute_StaysAtTheHighestCount()
    {
        for (int i = 0; i < 10; i++)
        {
            Add(ServiceCondition.Idle, seconds: 29);
            _clock.AdjustTime(Start);
        }

        Assert.Equal(255, Assert.Single(_timeline.ToJson(from: null).Minutes).StateSeconds["idle"]);
    }

    [Fact]
    public void Add_ThreeDays_AllocatesNothing()
    {
        SecondJson second = Of(ServiceCondition.Idle);
        _timeline.Add(second);

        long allocated = 0;
        for (int minute = 0; minute < 3 * Timeline.Capacity; minute++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            long before = GC.GetAllocatedBytesForCurrentThread();
            _timeline.Add(second);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }

    /// <summary>Seconds go by, each with its state at the end.</summary>
    private void Add(ServiceCondition condition, int seconds)
    {
        for (int i = 0; i < seconds; i++)
        {
            Add(Of(condition));
        }
    }

    private void Add(SecondJson second)
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        _timeline.Add(second);
    }

    private static SecondJson Of(ServiceCondition condition) => new(0, 0, condition) { LimitingStage = null, Runs = 0, Reloads = 0 };
}
