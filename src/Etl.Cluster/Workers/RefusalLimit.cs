namespace Etl.Cluster.Workers;

/// <summary>Ends a worker that has not supported any message for a while. Safe for concurrent use.</summary>
/// <param name="clock">Measures the time.</param>
internal sealed class RefusalLimit(TimeProvider clock)
{
    /// <summary>Time from the first message that is not supported until the worker ends.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private long? _since;

    /// <summary>The worker supports a message.</summary>
    public void Supported()
    {
        lock (_gate)
        {
            _since = null;
        }
    }

    /// <summary>The worker does not support a message.</summary>
    /// <returns>Whether it has supported none for so long that it ends.</returns>
    public bool Refused()
    {
        lock (_gate)
        {
            _since ??= clock.GetTimestamp();
            return clock.GetElapsedTime(_since.Value) >= Limit;
        }
    }
}
