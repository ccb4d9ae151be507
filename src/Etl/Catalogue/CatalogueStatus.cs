using Microsoft.Data.Sqlite;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Model;

namespace PaletteEtl.Catalogue;

/// <summary>How much work a catalogue holds, and how much of it is left.</summary>
/// <param name="Movies">Rows of the table.</param>
/// <param name="Missing">Those whose palette is missing.</param>
/// <param name="DeadLetters">Dead letters by reason, the most frequent first.</param>
/// <param name="Damaged">Palettes that were made of damaged covers.</param>
internal sealed record CatalogueStatus(long Movies, long Missing, IReadOnlyList<ReasonCount> DeadLetters, long Damaged)
{
    public long Done => Movies - Missing;

    public static CatalogueStatus Read(SqliteCatalogue catalogue)
    {
        (long movies, long missing) = (0, 0);
        foreach (List<bool> page in catalogue.Pages.Read<bool>(catalogue.Table.Missing, join: "", AddMissing))
        {
            movies += page.Count;
            missing += page.LongCount(static missing => missing);
        }

        return new CatalogueStatus(movies, missing, StoredDeadLetters.CountByReason(catalogue), StoredDamages.Count(catalogue));
    }

    private static void AddMissing(SqliteDataReader row, RowKey key, List<bool> page) => page.Add(row.GetBoolean(0));
}
