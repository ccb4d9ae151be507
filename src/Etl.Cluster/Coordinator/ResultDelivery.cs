namespace Etl.Cluster.Coordinator;

/// <summary>An unacknowledged message of results. It is acknowledged once all its movies are committed.</summary>
/// <param name="session">The session that delivered it; no other can acknowledge it.</param>
/// <param name="tag">Its delivery tag.</param>
internal sealed class ResultDelivery(BrokerSession session, ulong tag)
{
    private int _holds = 1;

    /// <summary>Delays the acknowledgement until one more release.</summary>
    public void Hold() => Interlocked.Increment(ref _holds);

    /// <summary>Ends a hold: one for each uncommitted movie, and the first for reading the message.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holds) == 0)
        {
            session.Acknowledge(tag);
        }
    }
}
