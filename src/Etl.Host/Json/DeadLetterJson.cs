using System.Text.Json.Serialization;
using PaletteEtl.Catalogue;

namespace Etl.Host.Json;

/// <summary>A dead letter, of <c>etl dead-letters --json</c> and of the API.</summary>
/// <param name="letter">The dead letter.</param>
/// <param name="nextAt">The time at which the service retries the movie; null when it is due, and outside the service.</param>
internal sealed class DeadLetterJson(StoredDeadLetter letter, DateTimeOffset? nextAt = null)
{
    /// <summary>Selects the dead letter in a retry, and is the <c>after</c> of the next page.</summary>
    public long Key => letter.Key;

    public string? Id => letter.MovieId.Shown;

    public string Stage => letter.Stage;

    public string Reason => letter.Reason;

    public string Message => letter.Message;

    public long Attempts => letter.Attempts;

    public string FirstAt => letter.FirstAt;

    public string LastAt => letter.LastAt;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? NextAt => nextAt;

    public long? CoverBytes => letter.CoverSize;

    public string? CoverModifiedAt => letter.CoverMtime;

    public string? CoverEtag => letter.CoverEtag;
}

/// <summary>A page of dead letters, the newest first.</summary>
/// <param name="Count">Dead letters in all, or in all with the requested reason; null where times limit the page.</param>
/// <param name="Reasons">All dead letters by reason.</param>
/// <param name="Items">The page.</param>
/// <param name="Next">The <c>after</c> of the next page; null for the last one.</param>
internal sealed record DeadLettersJson(
    long? Count, IReadOnlyList<ReasonCount> Reasons, IReadOnlyList<DeadLetterJson> Items, long? Next);

/// <summary>A palette made of a damaged cover, of <c>etl dead-letters --damaged --json</c> and of the API.</summary>
internal sealed class DamagedPaletteJson(StoredDamage damage)
{
    /// <summary>The <c>after</c> of the next page.</summary>
    public long Key => damage.Key;

    public string? Id => damage.MovieId.Shown;

    public string Message => damage.Message;

    /// <summary>The time at which the palette was written.</summary>
    public string At => damage.At;

    public long? CoverBytes => damage.CoverSize;

    public string? CoverModifiedAt => damage.CoverMtime;

    public string? CoverEtag => damage.CoverEtag;
}

/// <summary>A page of palettes made of damaged covers, the newest first.</summary>
/// <param name="Count">Such palettes in all.</param>
/// <param name="Items">The page.</param>
/// <param name="Next">The <c>after</c> of the next page; null for the last one.</param>
internal sealed record DamagedPalettesJson(long Count, IReadOnlyList<DamagedPaletteJson> Items, long? Next);

/// <summary>A request to retry dead letters: those with these keys, or with this reason, or all.</summary>
/// <param name="Keys">The keys.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Ids">The movies of the keys, in the same order. SQLite gives the key of a deleted dead letter to a later one; a key
/// that no longer belongs to its movie is left alone.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)] // a misspelled key would stand for all
internal sealed record RetryJson(IReadOnlyList<long>? Keys = null, string? Reason = null, IReadOnlyList<string?>? Ids = null);

/// <summary>The rows that <c>etl dead-letters</c> or a retry of the API has changed; a count is absent when nothing was asked for.</summary>
/// <param name="Pruned">Deleted rows of movies that no longer exist: dead letters, or rows of damaged covers with <c>--damaged</c>.</param>
/// <param name="Retried">Dead letters that the next run retries.</param>
/// <param name="PrunedDamaged">Deleted rows of damaged covers, beside dead letters.</param>
/// <param name="PrunedProvenance">Deleted rows of provenance, likewise.</param>
/// <param name="Emptied">Emptied palettes of damaged covers.</param>
internal sealed record DeadLetterChangesJson(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Pruned = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Retried = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? PrunedDamaged = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? PrunedProvenance = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Emptied = null);
