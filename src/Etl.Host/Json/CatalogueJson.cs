using System.Text.Json.Serialization;
using PaletteEtl.Catalogue;

namespace Etl.Host.Json;

/// <summary>The catalogue as <c>etl status --json</c> prints it.</summary>
internal sealed class CatalogueJson(QueryOptions query, CatalogueStatus status)
{
    public string Database => query.Database;

    public string Table => query.Table;

    public long Movies => status.Movies;

    public long Missing => status.Missing;

    public long Done => status.Done;

    /// <summary>Movies whose palette is neither missing nor a list of colours.</summary>
    public long Unreadable => status.Unreadable;

    /// <summary>Movies that have a palette and lack a value of <c>Etl:Columns</c>.</summary>
    public long Incomplete => status.Incomplete;

    public long DeadLetters => status.DeadLetters.Sum(static letters => letters.Count);

    /// <summary>The dead letters by reason, the most frequent first.</summary>
    public IReadOnlyList<ReasonCount> Reasons => status.DeadLetters;

    public long Damaged => status.Damaged;
}

/// <summary>The palettes that are no longer what a run would make, as <c>etl status --stale --json</c> prints them; a count is absent when
/// it was not asked for.</summary>
/// <param name="Database">The database.</param>
/// <param name="Table">The table of movies.</param>
/// <param name="StaleSettings">Palettes made with other settings.</param>
/// <param name="StaleCovers">Palettes whose cover has changed.</param>
/// <param name="UnreadableCovers">Palettes whose cover cannot be read now.</param>
internal sealed record StaleJson(
    string Database,
    string Table,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? StaleSettings,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? StaleCovers,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? UnreadableCovers);
