namespace Etl.Cluster.Protocol;

/// <summary>Bounds the messages that a worker holds by the time they take, so that none reaches the broker's limit for an
/// acknowledgement (<c>consumer_timeout</c>, 30 min by default).</summary>
/// <param name="max">Maximum number of messages.</param>
internal sealed class PrefetchPolicy(int max)
{
    private readonly int _max = max;

    /// <summary>Longest time from the delivery of a message to its acknowledgement.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>The number of messages to hold.</summary>
    public int Prefetch { get; private set; } = max;

    /// <summary>A message has been acknowledged.</summary>
    /// <returns>Whether <see cref="Prefetch"/> has changed.</returns>
    public bool Observe(TimeSpan held)
    {
        int next = held > Longest ? Math.Max(1, (int)(Prefetch * (Longest / held)))
            : held < Longest / 4 ? Math.Min(_max, Prefetch * 2)
            : Prefetch;
        bool changes = next != Prefetch;
        Prefetch = next;
        return changes;
    }
}
