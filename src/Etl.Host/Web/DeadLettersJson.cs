using System.Text.Json.Serialization;
using PaletteEtl.Catalogue;

namespace Etl.Host.Web;

/// <summary>A page of dead letters, the last that came first; <c>count</c> is all there are, or all with the reason asked for,
/// <c>next</c> what to ask for as <c>after</c> for the next page, null when this is the last.</summary>
internal sealed record DeadLettersJson(
    long Count, IReadOnlyList<ReasonCount> Reasons, IReadOnlyList<DeadLetterRowJson> Items, long? Next);

/// <summary>A dead letter; <c>key</c> is what it is retried by, <c>nextAt</c> when the service tries the movie again, null
/// when it does at once.</summary>
internal sealed class DeadLetterRowJson(StoredDeadLetter letter, DateTimeOffset? nextAt)
{
    public long Key => letter.Key;

    public string? Id => letter.MovieId.Shown;

    public string Stage => letter.Stage;

    public string Reason => letter.Reason;

    public string Message => letter.Message;

    public long Attempts => letter.Attempts;

    public string FirstAt => letter.FirstAt;

    public string LastAt => letter.LastAt;

    public DateTimeOffset? NextAt => nextAt;
}

/// <summary>A page of palettes that were made of damaged covers, the last that came first; <c>count</c> is all there are, <c>next</c>
/// the <c>after</c> of the next page, null when this is the last.</summary>
internal sealed record DamagedJson(long Count, IReadOnlyList<DamagedRowJson> Items, long? Next);

/// <summary>A palette that was made of a damaged cover, and when it was written.</summary>
internal sealed record DamagedRowJson(long Key, string Id, string Message, string At);

/// <summary>Which dead letters are to be retried: those with these keys, or with this reason, or all. SQLite gives the key of a dead
/// letter that is gone to a later one, so <c>ids</c> may name, in the order of the keys, the movies that the keys stood for.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)] // a misspelled key would stand for all
internal sealed record RetryJson(IReadOnlyList<long>? Keys = null, string? Reason = null, IReadOnlyList<string?>? Ids = null);

/// <summary>How many dead letters are retried.</summary>
internal sealed record RetriedJson(long Retried);
