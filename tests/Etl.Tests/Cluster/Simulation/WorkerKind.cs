namespace Etl.Tests.Cluster.Simulation;

/// <summary>The defect of a worker.</summary>
internal enum WorkerKind
{
    /// <summary>Nothing.</summary>
    Good,

    /// <summary>Its results do not fit the settings.</summary>
    Misfit,

    /// <summary>It reaches no cover.</summary>
    Unreached,

    /// <summary>It does not know the version of the messages.</summary>
    Unsupported,

    /// <summary>It rejects messages, as versions before did with those that they did not know.</summary>
    Rejecting,
}
