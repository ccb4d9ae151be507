using System.Text.Json.Serialization;

namespace Etl.Host.Web;

/// <summary>Which dead letters are to be retried: those with these keys, or with this reason, or all. SQLite gives the key of a dead
/// letter that is gone to a later one, so <c>ids</c> may name, in the order of the keys, the movies that the keys stood for.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)] // a misspelled key would stand for all
internal sealed record RetryJson(IReadOnlyList<long>? Keys = null, string? Reason = null, IReadOnlyList<string?>? Ids = null);
