using Microsoft.Extensions.Time.Testing;

namespace Etl.Tests.Support;

/// <summary>A clock whose time of day can be set while timers and timestamps go on, as those of a machine do.</summary>
internal class SettableClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    /// <summary>How far the time of day has been set.</summary>
    public TimeSpan SetBy { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + SetBy;

    public override long GetTimestamp() => base.GetTimestamp() - SetBy.Ticks; // the base takes it from the time of day
}
