namespace Etl.Cluster.Protocol;

/// <summary>The effect of a result. A result that does not count has none.</summary>
/// <typeparam name="T">The coordinator's data of a movie.</typeparam>
/// <param name="Completed">The request that it completes.</param>
/// <param name="Again">The request that is to be published again, for another worker.</param>
/// <param name="IsUnconfirmed">Whether the result waits for another worker's.</param>
internal readonly record struct Receipt<T>(CompletedRequest<T>? Completed, MovieRequest<T>? Again = null, bool IsUnconfirmed = false);
