using System.Text.Json.Serialization;

namespace Etl.Cluster.Workers;

/// <summary>The states of a worker that is connected.</summary>
internal enum WorkerState
{
    /// <summary>It waits for messages.</summary>
    [JsonStringEnumMemberName("idle")]
    Idle,

    /// <summary>It processes messages.</summary>
    [JsonStringEnumMemberName("working")]
    Working,

    /// <summary>It consumes nothing for a while, because it cannot process messages that others can.</summary>
    [JsonStringEnumMemberName("paused")]
    Paused,
}
