namespace Etl.Cluster.Coordinator;

/// <summary>A movie that waits for the result of a worker.</summary>
/// <param name="Item">The movie.</param>
/// <param name="Batch">The batch it came in.</param>
/// <param name="Started">When it became pending, on the monitor's clock.</param>
internal sealed record PendingMovie(Item<Movie> Item, PendingBatch Batch, long Started);
