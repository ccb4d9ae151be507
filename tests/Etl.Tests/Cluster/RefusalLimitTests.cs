using Etl.Cluster.Workers;
using Microsoft.Extensions.Time.Testing;

namespace Etl.Tests.Cluster;

public sealed class RefusalLimitTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly RefusalLimit _limit;

    public RefusalLimitTests() => _limit = new RefusalLimit(_clock);

    [Fact]
    public void Refused_NoMessageIsSupportedForTheLimit_EndsTheWorker()
    {
        bool first = _limit.Refused();
        _clock.Advance(RefusalLimit.Limit - TimeSpan.FromSeconds(1));
        bool before = _limit.Refused();
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((false, false, true), (first, before, _limit.Refused()));
    }

    [Fact]
    public void Refused_AMessageIsSupportedMeanwhile_GoesOn()
    {
        _limit.Refused();
        _clock.Advance(RefusalLimit.Limit);
        _limit.Supported();

        Assert.False(_limit.Refused());
    }
}
