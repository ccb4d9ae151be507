namespace Etl.Cluster.Protocol;

/// <summary>The ways in which a worker handles a message of work.</summary>
internal enum WorkAction
{
    /// <summary>Extracts the palettes together with those of other messages.</summary>
    Extract,

    /// <summary>Decodes each cover in a process of its own.</summary>
    ExtractIsolated,

    /// <summary>Leaves the message to another worker, because this one has failed to fetch its covers.</summary>
    LeaveOnce,

    /// <summary>Leaves the message to other workers and pauses: it belongs to another catalogue.</summary>
    LeaveForeign,

    /// <summary>Leaves the message to other workers and pauses: this version does not know the message, or one of its settings.</summary>
    LeaveUnsupported,

    /// <summary>Rejects the message, which the broker returns to the coordinator: no worker that had it knows it.</summary>
    Reject,

    /// <summary>Leaves the message to other workers and pauses: they reach covers, and this worker reaches none.</summary>
    LeaveUnreached,
}
