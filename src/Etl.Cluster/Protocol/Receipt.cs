namespace Etl.Cluster.Protocol;

/// <summary>What follows from a result: neither when it does not count.</summary>
/// <typeparam name="T">What the coordinator keeps of a movie.</typeparam>
/// <param name="Completed">The request that it completes.</param>
/// <param name="Again">The request that is to be published again, for another worker.</param>
internal readonly record struct Receipt<T>(CompletedRequest<T>? Completed, MovieRequest<T>? Again = null);
