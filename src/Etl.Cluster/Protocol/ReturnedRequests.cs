namespace Etl.Cluster.Protocol;

/// <summary>What becomes of requests whose message has come back, or whose queue has been inspected.</summary>
/// <typeparam name="T">What the coordinator keeps of a movie.</typeparam>
/// <param name="Again">Requests to be published again.</param>
/// <param name="Completed">Requests of movies that are given up.</param>
internal sealed record ReturnedRequests<T>(MovieRequest<T>[] Again, IReadOnlyList<CompletedRequest<T>> Completed);
