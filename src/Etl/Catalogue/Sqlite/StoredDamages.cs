using Microsoft.Data.Sqlite;
using PaletteEtl.Model;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>The palettes of a catalogue that were made of damaged covers. Where the table is not there, there are none.</summary>
internal static class StoredDamages
{
    private const int PageSize = 1_000;

    public static long Count(SqliteCatalogue catalogue)
    {
        if (!DamagedTable.Exists(catalogue.Connection))
        {
            return 0;
        }

        using SqliteCommand command = catalogue.Command($"SELECT count(*) FROM {DamagedTable.Name}");
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>All of them in the order they came, read by pages: the reader may be slow.</summary>
    public static IEnumerable<StoredDamage> Read(SqliteCatalogue catalogue) => Read(catalogue, "rowid > $from", "rowid", long.MinValue);

    /// <summary>Those that came before one, the last first.</summary>
    /// <param name="catalogue">Where they are.</param>
    /// <param name="before">The row key of that one.</param>
    public static IEnumerable<StoredDamage> ReadBack(SqliteCatalogue catalogue, long before = long.MaxValue) =>
        Read(catalogue, "rowid < $from", "rowid DESC", before);

    private static IEnumerable<StoredDamage> Read(SqliteCatalogue catalogue, string rest, string order, long from)
    {
        if (!DamagedTable.Exists(catalogue.Connection))
        {
            yield break;
        }

        using SqliteCommand command = catalogue.Command(
            $"""
            SELECT rowid, movie_id, message, at, cover_size, cover_mtime, cover_etag
            FROM {DamagedTable.Name} WHERE {rest} ORDER BY {order} LIMIT {PageSize}
            """,
            ("$from", from));
        while (ReadPage(command) is { Count: > 0 } page)
        {
            foreach (StoredDamage damage in page)
            {
                yield return damage;
            }

            command.Parameters["$from"].Value = page[^1].Key;
        }
    }

    private static List<StoredDamage> ReadPage(SqliteCommand command)
    {
        var page = new List<StoredDamage>();
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            page.Add(new StoredDamage(
                row.GetInt64(0),
                MovieId.Read(row, 1),
                row.GetString(2),
                row.GetString(3),
                row.IsDBNull(4) ? null : row.GetInt64(4),
                row.IsDBNull(5) ? null : row.GetString(5),
                row.IsDBNull(6) ? null : row.GetString(6)));
        }

        return page;
    }
}
