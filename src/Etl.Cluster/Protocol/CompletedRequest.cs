using Etl.Cluster.Messages;

namespace Etl.Cluster.Protocol;

/// <summary>A request that is no longer pending, and its result.</summary>
/// <typeparam name="T">The coordinator's data of the movie.</typeparam>
/// <param name="Movie">The movie.</param>
/// <param name="Result">The result of a worker, or a failure of the coordinator's own.</param>
internal sealed record CompletedRequest<T>(T Movie, MovieResult Result);
