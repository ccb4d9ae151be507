using Microsoft.Data.Sqlite;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>Counts what a SQLite catalogue holds, by a look at every row.</summary>
internal sealed class SqliteStatus(SqliteCatalogue catalogue) : ICatalogueStatus
{
    public CatalogueStatus Read() => catalogue.Read(static open =>
    {
        (long movies, long missing) = (0, 0);
        foreach (List<bool> page in open.Pages.Read<bool>(open.Table.Missing, join: "", AddMissing))
        {
            movies += page.Count;
            missing += page.LongCount(static missing => missing);
        }

        return new CatalogueStatus(movies, missing, SqliteDeadLetters.CountByReason(open), SqliteDamagedPalettes.Count(open));
    });

    private static void AddMissing(SqliteDataReader row, RowKey key, List<bool> page) => page.Add(row.GetBoolean(0));
}
