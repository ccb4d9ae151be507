using Etl.Cluster.Protocol;

namespace Etl.Tests.Cluster;

public sealed class PrefetchPolicyTests
{
    [Fact]
    public void Observe_MessagesTakeLonger_HoldsFewerAndLaterMoreAgain()
    {
        var policy = new PrefetchPolicy(max: 8);

        Assert.False(policy.Observe(TimeSpan.FromSeconds(1)));
        Assert.True(policy.Observe(4 * PrefetchPolicy.Longest));
        Assert.Equal(2, policy.Prefetch);
        Assert.True(policy.Observe(100 * PrefetchPolicy.Longest));
        Assert.Equal(1, policy.Prefetch);
        Assert.False(policy.Observe(100 * PrefetchPolicy.Longest));
        Assert.False(policy.Observe(PrefetchPolicy.Longest / 2));
        Assert.True(policy.Observe(PrefetchPolicy.Longest / 5));
        Assert.Equal(2, policy.Prefetch);
    }
}
