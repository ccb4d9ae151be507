namespace Etl.Cluster.Coordinator;

/// <summary>A message of results, which is acknowledged once all that came of it is committed.</summary>
/// <param name="session">The session it came in; in no other can it be acknowledged.</param>
/// <param name="tag">Its tag there.</param>
internal sealed class ResultDelivery(BrokerSession session, ulong tag)
{
    private int _holds = 1;

    /// <summary>Something came of it that is to be committed.</summary>
    public void Hold() => Interlocked.Increment(ref _holds);

    /// <summary>That is done; so is reading the message, which holds it as well.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holds) == 0)
        {
            session.Acknowledge(tag);
        }
    }
}
