namespace Etl.Tests.Cluster.Simulation;

/// <summary>The connection of a process to the broker.</summary>
internal sealed class SimulatedConnection(Action closed)
{
    public bool IsOpen { get; private set; } = true;

    /// <summary>Ends the connection, as the process notices.</summary>
    public void Close()
    {
        IsOpen = false;
        closed();
    }

    /// <summary>Ends the connection of a process that does not notice, because it has died.</summary>
    public void Forget() => IsOpen = false;
}
