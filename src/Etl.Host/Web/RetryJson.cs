using System.Text.Json.Serialization;

namespace Etl.Host.Web;

/// <summary>Which dead letters are to be retried: those with these keys, or with this reason, or all.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)] // a misspelled key would stand for all
internal sealed record RetryJson(IReadOnlyList<long>? Keys = null, string? Reason = null);
