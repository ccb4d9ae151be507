namespace Etl.Cluster.Protocol;

/// <summary>The queues of requests.</summary>
internal enum WorkQueue
{
    /// <summary>Requests in batches, which a worker processes together with others.</summary>
    Work,

    /// <summary>Requests of batches that reached the delivery limit, one a message. A worker decodes their covers in separate processes.</summary>
    Suspect,
}
