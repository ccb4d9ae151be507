namespace Etl.Cluster;

/// <summary>Whether the broker can be used.</summary>
internal sealed class BrokerState
{
    private volatile string? _problem;

    /// <summary>The problem in a sentence; null when there is none, or the broker is not in use.</summary>
    public string? Problem => _problem;

    public void Lost(string problem) => _problem = problem;

    public void Found() => _problem = null;
}
