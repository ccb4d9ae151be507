using Etl.Cluster.Messages;
using Etl.Cluster.Workers;
using Microsoft.Extensions.Time.Testing;
using PaletteEtl.Model;

namespace Etl.Tests.Cluster;

public sealed class WorkerMonitorTests
{
    private static readonly MovieResult Palette = new("key", [1, 2, 3]);

    private readonly FakeTimeProvider _clock = new();
    private readonly WorkerMonitor _monitor;

    public WorkerMonitorTests() => _monitor = new WorkerMonitor("me", "1.2.3", _clock);

    [Fact]
    public void Report_MoviesAndFailures_AreCountedAndRatedSinceTheReportBefore()
    {
        _monitor.Published([Palette, Failed(FailureReason.NotFound), Failed(FailureReason.NotFound)]);
        _clock.Advance(TimeSpan.FromSeconds(2));
        WorkerReport first = _monitor.Report();
        _monitor.Published([Palette, Failed(FailureReason.Corrupt)]);
        _clock.Advance(TimeSpan.FromSeconds(4));
        WorkerReport second = _monitor.Report();

        Assert.Equal((3, 1.5), (first.Movies, first.MoviesPerSecond));
        Assert.Equal((5, 0.5), (second.Movies, second.MoviesPerSecond));
        Assert.Equal([new("not_found", 2), new("corrupt", 1)], second.Failures);
        Assert.Equal(("me", "1.2.3", Environment.MachineName), (second.Worker, second.Version, second.Host));
    }

    [Fact]
    public void Report_State_FollowsTheMessagesInHandAndThePauses()
    {
        WorkerReport idle = _monitor.Report();
        _monitor.MessageStarted();
        WorkerReport working = _monitor.Report();
        _monitor.Paused = "No covers.";
        WorkerReport paused = _monitor.Report();
        _monitor.MessageEnded();
        _monitor.Paused = null;
        WorkerReport idleAgain = _monitor.Report();

        Assert.Equal(
            [(WorkerState.Idle, null), (WorkerState.Working, null), (WorkerState.Paused, "No covers."), (WorkerState.Idle, null)],
            new[] { idle, working, paused, idleAgain }.Select(report => (report.State, report.Problem)));
    }

    [Fact]
    public void Stalled_MessagesInHand_GrowsUntilSomethingMoves()
    {
        _clock.Advance(TimeSpan.FromMinutes(1));
        TimeSpan idle = _monitor.Stalled;
        _monitor.MessageStarted();
        _clock.Advance(TimeSpan.FromSeconds(30));
        TimeSpan stalled = _monitor.Stalled;
        _monitor.Progressed();

        Assert.Equal((TimeSpan.Zero, TimeSpan.FromSeconds(30), TimeSpan.Zero), (idle, stalled, _monitor.Stalled));
    }

    private static MovieResult Failed(FailureReason reason) =>
        new("key", Failure: new ResultFailure(StageNames.Fetch, reason, "It failed.", Version: null));
}
