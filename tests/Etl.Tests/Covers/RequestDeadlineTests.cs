using Microsoft.Extensions.Time.Testing;
using PaletteEtl.Covers.Http;

namespace Etl.Tests.Covers;

public sealed class RequestDeadlineTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Token_PausedMeanwhile_IsCancelledAfterTheTimeThatWasLeft()
    {
        using var deadline = new RequestDeadline(TimeSpan.FromSeconds(10), _clock, CancellationToken.None);

        _clock.Advance(TimeSpan.FromSeconds(6));
        deadline.Pause();
        _clock.Advance(TimeSpan.FromHours(1));
        deadline.Resume();
        _clock.Advance(TimeSpan.FromSeconds(3.9));
        bool early = deadline.Token.IsCancellationRequested;
        TimeSpan left = deadline.Left;
        _clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal((false, TimeSpan.FromSeconds(0.1), true), (early, left, deadline.Token.IsCancellationRequested));
    }

    [Fact]
    public void Resume_TimeWasUpWhenItPaused_CancelsTheToken()
    {
        using var deadline = new RequestDeadline(TimeSpan.FromSeconds(1), _clock, CancellationToken.None);

        _clock.Advance(TimeSpan.FromSeconds(2));
        deadline.Pause();
        deadline.Resume();

        Assert.True(deadline.Token.IsCancellationRequested);
    }

    [Fact]
    public void Token_CancelledEarlier_IsCancelledWithTimeLeft()
    {
        using var earlier = new CancellationTokenSource();
        using var deadline = new RequestDeadline(TimeSpan.FromSeconds(1), _clock, earlier.Token);

        earlier.Cancel();

        Assert.Equal((true, TimeSpan.FromSeconds(1)), (deadline.Token.IsCancellationRequested, deadline.Left));
    }
}
