namespace Etl.Cluster.Protocol;

/// <summary>The effect of a returned message or an inspected queue on requests.</summary>
/// <typeparam name="T">The coordinator's data of a movie.</typeparam>
/// <param name="Again">Requests to be published again.</param>
/// <param name="Completed">Requests of movies that are given up.</param>
internal sealed record ReturnedRequests<T>(MovieRequest<T>[] Again, IReadOnlyList<CompletedRequest<T>> Completed);
