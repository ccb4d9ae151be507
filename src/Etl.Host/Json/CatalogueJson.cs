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

    public long DeadLetters => status.DeadLetters.Sum(static letters => letters.Count);

    /// <summary>The dead letters by reason, the most frequent first.</summary>
    public IReadOnlyList<ReasonCount> Reasons => status.DeadLetters;

    public long Damaged => status.Damaged;
}
