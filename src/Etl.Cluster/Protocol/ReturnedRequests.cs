namespace Etl.Cluster.Protocol;

/// <summary>What becomes of requests whose message has come back.</summary>
/// <typeparam name="T">What the coordinator keeps of a movie.</typeparam>
/// <param name="Again">Requests to be published, each in a message of its own.</param>
/// <param name="Completed">Requests of movies that are given up.</param>
internal sealed record ReturnedRequests<T>(MovieRequest<T>[] Again, IReadOnlyList<CompletedRequest<T>> Completed);
