namespace Etl.Host.Web;

/// <summary>A dead letter; <c>key</c> is what it is retried by, <c>nextAt</c> when the service tries the movie again, null
/// when it does at once.</summary>
internal sealed record DeadLetterRowJson(
    long Key,
    string? Id,
    string Stage,
    string Reason,
    string Message,
    long Attempts,
    string FirstAt,
    string LastAt,
    DateTimeOffset? NextAt);
