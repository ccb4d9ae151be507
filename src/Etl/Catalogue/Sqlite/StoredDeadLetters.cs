using Microsoft.Data.Sqlite;
using PaletteEtl.Model;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>The dead letters of a catalogue between runs. Where the table is not there, there are none.</summary>
/// <remarks>A reason of null stands for all of them.</remarks>
internal static class StoredDeadLetters
{
    /// <summary>The condition that a dead letter has the reason asked for.</summary>
    public const string OfReason = "($reason IS NULL OR reason = $reason)";

    private const int PageSize = 1_000;

    public static IReadOnlyList<ReasonCount> CountByReason(SqliteCatalogue catalogue)
    {
        var counts = new List<ReasonCount>();
        if (DeadLetterTable.Exists(catalogue.Connection))
        {
            using SqliteCommand command = catalogue.Command(
                $"SELECT reason, count(*) FROM {DeadLetterTable.Name} GROUP BY reason ORDER BY count(*) DESC, reason");
            using SqliteDataReader row = command.ExecuteReader();
            while (row.Read())
            {
                counts.Add(new ReasonCount(row.GetString(0), row.GetInt64(1)));
            }
        }

        return counts;
    }

    /// <summary>All dead letters in the order they came, read by pages: whoever prints them may be slow.</summary>
    public static IEnumerable<StoredDeadLetter> Read(SqliteCatalogue catalogue, string? reason) =>
        Read(catalogue, reason, "rowid > $from", "rowid", from: long.MinValue);

    /// <summary>Those that came before one, the last first.</summary>
    /// <param name="catalogue">Where they are.</param>
    /// <param name="reason">The reason they have.</param>
    /// <param name="before">The row key of that one.</param>
    public static IEnumerable<StoredDeadLetter> ReadBack(SqliteCatalogue catalogue, string? reason, long before = long.MaxValue) =>
        Read(catalogue, reason, "rowid < $from", "rowid DESC", before);

    private static IEnumerable<StoredDeadLetter> Read(SqliteCatalogue catalogue, string? reason, string rest, string order, long from)
    {
        if (!DeadLetterTable.Exists(catalogue.Connection))
        {
            yield break;
        }

        using SqliteCommand command = catalogue.Command(
            $"""
            SELECT rowid, movie_id, stage, reason, message, attempts, first_at, last_at, cover_size, cover_mtime, cover_etag
            FROM {DeadLetterTable.Name} WHERE {rest} AND {OfReason} ORDER BY {order} LIMIT {PageSize}
            """,
            ("$reason", reason),
            ("$from", from));
        while (ReadPage(command) is { Count: > 0 } page)
        {
            foreach (StoredDeadLetter deadLetter in page)
            {
                yield return deadLetter;
            }
        }
    }

    /// <summary>Has the next run try again, also where the cover has not changed. Returns how many.</summary>
    public static long Retry(SqliteCatalogue catalogue, string? reason) =>
        DeadLetterTable.Exists(catalogue.Connection)
            ? catalogue.Execute($"UPDATE {DeadLetterTable.Name} SET attempts = 0 WHERE {OfReason}", ("$reason", reason))
            : 0;

    /// <summary>Likewise with those that have the given row keys.</summary>
    /// <param name="catalogue">Where they are.</param>
    /// <param name="keys">The row keys.</param>
    /// <param name="ids">The ids that belong to the keys, in the form that is shown. A key that belongs to another id by now is passed over.
    /// Null when the keys alone decide.</param>
    public static long Retry(SqliteCatalogue catalogue, IReadOnlyList<long> keys, IReadOnlyList<string?>? ids = null)
    {
        if (!DeadLetterTable.Exists(catalogue.Connection))
        {
            return 0;
        }

        using SqliteTransaction transaction = catalogue.Connection.BeginTransaction(deferred: false);
        using SqliteCommand command = catalogue.Command($"UPDATE {DeadLetterTable.Name} SET attempts = 0 WHERE rowid = $key", ("$key", null));
        command.Transaction = transaction;
        using SqliteCommand find = catalogue.Command($"SELECT movie_id FROM {DeadLetterTable.Name} WHERE rowid = $key", ("$key", null));
        find.Transaction = transaction;
        long retried = 0;
        for (int i = 0; i < keys.Count; i++)
        {
            find.Parameters["$key"].Value = command.Parameters["$key"].Value = keys[i];
            if (ids is null || IsOf(find, ids[i]))
            {
                retried += command.ExecuteNonQuery();
            }
        }

        transaction.Commit();
        return retried;
    }

    private static bool IsOf(SqliteCommand find, string? id)
    {
        using SqliteDataReader row = find.ExecuteReader();
        return row.Read() && MovieId.Read(row, 0).Shown == id;
    }

    /// <summary>Reads a page, and moves the command on to the next.</summary>
    private static List<StoredDeadLetter> ReadPage(SqliteCommand command)
    {
        var page = new List<StoredDeadLetter>();
        long last = 0;
        using (SqliteDataReader row = command.ExecuteReader())
        {
            while (row.Read())
            {
                last = row.GetInt64(0);
                page.Add(ReadRow(row));
            }
        }

        command.Parameters["$from"].Value = last;
        return page;
    }

    private static StoredDeadLetter ReadRow(SqliteDataReader row) => new(
        row.GetInt64(0),
        MovieId.Read(row, 1),
        row.GetString(2),
        row.GetString(3),
        row.GetString(4),
        row.GetInt64(5),
        row.GetString(6),
        row.GetString(7),
        row.IsDBNull(8) ? null : row.GetInt64(8),
        row.IsDBNull(9) ? null : row.GetString(9),
        row.IsDBNull(10) ? null : row.GetString(10));
}
