namespace Etl.Cluster.Coordinator;

/// <summary>How a coordinator claims the queues for its catalogue.</summary>
/// <param name="Identity">Returns the identity stored in the catalogue; null when it has none.</param>
/// <param name="Holder">The name of the coordinator, shown to others that wait for the queues.</param>
/// <param name="Waits">Whether it waits while another coordinator uses the queues; otherwise the run fails.</param>
internal sealed record CatalogueClaim(Func<string?> Identity, string Holder, bool Waits);
