using PaletteEtl.Catalogue;

namespace Etl.Host.Commands;

/// <summary>What <c>etl status --json</c> prints.</summary>
internal sealed class StatusJson(QueryOptions query, CatalogueStatus status)
{
    public string Database => query.Database;

    public string Table => query.Table;

    public long Movies => status.Movies;

    public long Missing => status.Missing;

    public long Done => status.Done;

    public long DeadLetters => status.DeadLetters.Sum(static letters => letters.Count);

    public Dictionary<string, long> DeadLettersByReason =>
        status.DeadLetters.ToDictionary(static letters => letters.Reason, static letters => letters.Count);

    public long Damaged => status.Damaged;
}
