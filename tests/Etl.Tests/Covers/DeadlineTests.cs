using Microsoft.Extensions.Time.Testing;
using PaletteEtl.Covers;
using PaletteEtl.Model;

namespace Etl.Tests.Covers;

public sealed class DeadlineTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void ThrowIfPassed_WithinTheLimit_DoesNothing()
    {
        var deadline = new Deadline(TimeSpan.FromSeconds(2), _clock);

        _clock.Advance(TimeSpan.FromSeconds(2));

        deadline.ThrowIfPassed();
        Assert.False(deadline.HasPassed);
    }

    [Fact]
    public void ThrowIfPassed_BeyondTheLimit_IsATimeout()
    {
        var deadline = new Deadline(TimeSpan.FromSeconds(2), _clock);

        _clock.Advance(TimeSpan.FromSeconds(2.001));

        Assert.Equal(FailureReason.Timeout, Assert.Throws<CoverException>(deadline.ThrowIfPassed).Reason);
    }

    [Fact]
    public void Pause_ThenResume_DoesNotCountTheTimeBetween()
    {
        var deadline = new Deadline(TimeSpan.FromSeconds(2), _clock);

        _clock.Advance(TimeSpan.FromSeconds(1));
        deadline.Pause();
        _clock.Advance(TimeSpan.FromHours(1));
        deadline.Resume();
        _clock.Advance(TimeSpan.FromSeconds(1));
        bool within = !deadline.HasPassed;
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((true, true), (within, deadline.HasPassed));
    }
}
