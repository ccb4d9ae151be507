namespace Etl.Cluster;

/// <summary>The broker cannot be used, and waiting would not help; the message says why in a line.</summary>
internal sealed class ClusterException(string message, Exception? cause = null) : Exception(message, cause);
