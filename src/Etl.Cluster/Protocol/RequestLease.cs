namespace Etl.Cluster.Protocol;

/// <summary>How long a request may take: a multiple of the longest response time of late.</summary>
/// <param name="shortest">The shortest lease.</param>
internal sealed class RequestLease(TimeSpan shortest)
{
    private const int Safety = 3;

    /// <summary>How much of the longest response time is left after each response, so that a single slow one is forgotten.</summary>
    private const double Decay = 0.999;

    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private TimeSpan _slowest;

    /// <summary>The lease of a request that is published for the first time.</summary>
    public TimeSpan First => Clamp(_slowest * Safety);

    /// <summary>The next lease of a request that is published again: twice as long, so that a request of duration t is published at most
    /// 1 + log2(t / shortest) times.</summary>
    public TimeSpan After(TimeSpan lease) => Clamp(lease * 2);

    /// <summary>A request has been completed.</summary>
    public void Observe(TimeSpan responseTime) =>
        _slowest = responseTime > _slowest * Decay ? responseTime : _slowest * Decay;

    private TimeSpan Clamp(TimeSpan lease) =>
        lease < shortest ? shortest : lease > Longest && Longest > shortest ? Longest : lease;
}
