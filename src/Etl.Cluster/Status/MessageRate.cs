namespace Etl.Cluster.Status;

/// <summary>Messages a second over the broker's last interval.</summary>
internal sealed record MessageRate(double Rate);
