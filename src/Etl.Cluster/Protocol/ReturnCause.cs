namespace Etl.Cluster.Protocol;

/// <summary>Why the broker has returned a message of requests.</summary>
internal enum ReturnCause
{
    /// <summary>It has been delivered too often.</summary>
    DeliveryLimit,

    /// <summary>A worker has rejected it.</summary>
    Rejected,

    /// <summary>A policy of the broker has removed it from its queue. Its requests are published again once their leases end.</summary>
    Removed,
}
