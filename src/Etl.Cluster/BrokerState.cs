namespace Etl.Cluster;

/// <summary>Whether the broker is there, for whoever asks.</summary>
internal sealed class BrokerState
{
    private volatile string? _problem;

    /// <summary>What is wrong, in a sentence; null when nothing is, or nobody wants the broker now.</summary>
    public string? Problem => _problem;

    public void Lost(string problem) => _problem = problem;

    public void Found() => _problem = null;
}
