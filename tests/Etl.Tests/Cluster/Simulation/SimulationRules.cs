namespace Etl.Tests.Cluster.Simulation;

/// <summary>The parts of the protocol that a simulation can do without, to show that it finds what they prevent.</summary>
internal sealed record SimulationRules
{
    /// <summary>Whether an answer counts only for the run that asked.</summary>
    public bool HasEpochs { get; init; } = true;

    /// <summary>Whether requests without a result are published again.</summary>
    public bool HasLeases { get; init; } = true;

    /// <summary>Whether the broker lets one coordinator at a time use the queues.</summary>
    public bool HasLock { get; init; } = true;

    /// <summary>Whether a message that comes back is decoded in separate processes.</summary>
    public bool Isolates { get; init; } = true;

    /// <summary>Whether workers leave the movies of other catalogues alone.</summary>
    public bool BindsWorkers { get; init; } = true;

    /// <summary>Whether another worker has to confirm that a cover cannot be fetched.</summary>
    public bool ConfirmsFailures { get; init; } = true;

    /// <summary>Whether a result has to fit the settings.</summary>
    public bool ChecksSettings { get; init; } = true;

    /// <summary>Whether a movie alone in its message counts as poison once the message reaches the delivery limit.</summary>
    public bool ConvictsByDeliveries { get; init; }
}
