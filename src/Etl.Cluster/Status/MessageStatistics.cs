namespace Etl.Cluster.Status;

/// <summary>How fast messages come and go.</summary>
/// <param name="PublishDetails">Messages that come.</param>
/// <param name="AckDetails">Messages that consumers are done with.</param>
internal sealed record MessageStatistics(MessageRate? PublishDetails = null, MessageRate? AckDetails = null);
