namespace Etl.Cluster.Coordinator;

/// <summary>A movie that a worker was asked for.</summary>
/// <param name="Item">The movie.</param>
/// <param name="Question">What it was asked with.</param>
/// <param name="Started">When, on the monitor's clock.</param>
internal sealed record AskedMovie(Item<Movie> Item, Question Question, long Started);
