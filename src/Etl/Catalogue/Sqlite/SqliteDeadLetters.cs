using Microsoft.Data.Sqlite;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>The dead letters of a SQLite catalogue.</summary>
internal sealed class SqliteDeadLetters(SqliteCatalogue catalogue) : IDeadLetters
{
    /// <summary>The condition that a dead letter has the reason asked for.</summary>
    public const string OfReason = "($reason IS NULL OR reason = $reason)";

    private static readonly string Columns =
        $"""
        SELECT rowid, movie_id, stage, reason, message, attempts, first_at, last_at, cover_size, cover_mtime, cover_etag
        FROM {DeadLetterTable.Name} WHERE {OfReason}
        """;

    public static IReadOnlyList<ReasonCount> CountByReason(OpenCatalogue catalogue)
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

    /// <summary>Groups the dead letters by their cause, by a look at each.</summary>
    public static FailureCauses GroupByCause(OpenCatalogue catalogue)
    {
        var causes = new FailureCauses();
        if (DeadLetterTable.Exists(catalogue.Connection))
        {
            using SqliteCommand command = catalogue.Command($"SELECT stage, reason, message, movie_id, first_at FROM {DeadLetterTable.Name}");
            using SqliteDataReader row = command.ExecuteReader();
            while (row.Read())
            {
                causes.Add(row.GetString(0), row.GetString(1), row.GetString(2), row.ReadId(3).Text, CatalogueTime.Parse(row.ReadText(4)));
            }
        }

        return causes;
    }

    /// <summary>The dead letter of an id, for a person and as the next run reads it; null when there is none.</summary>
    public static (StoredDeadLetter Stored, DeadLetter Letter)? Find(OpenCatalogue open, MovieId id)
    {
        if (!DeadLetterTable.Exists(open.Connection))
        {
            return null;
        }

        using SqliteCommand command = open.Command($"{Columns} AND movie_id IS $id", ("$reason", null), ("$id", id.Stored));
        using SqliteDataReader row = command.ExecuteReader();
        if (!row.Read())
        {
            return null;
        }

        StoredDeadLetter stored = ReadRow(row);
        return (stored, DeadLetterTable.Of(stored));
    }

    public IReadOnlyList<ReasonCount> CountByReason() => catalogue.Read(CountByReason);

    public IEnumerable<StoredDeadLetter> Read(string? reason = null) => Read(reason, RowidPages.After, long.MinValue);

    public IEnumerable<StoredDeadLetter> ReadBack(string? reason = null, long before = long.MaxValue) =>
        Read(reason, RowidPages.Before, before);

    public long Retry(string? reason = null) => Change(
        open => open.Execute($"UPDATE {DeadLetterTable.Name} SET attempts = 0 WHERE {OfReason}", ("$reason", reason)));

    public long Retry(IReadOnlyList<long> keys, IReadOnlyList<string?>? ids) => Change(open => Retry(open, keys, ids));

    public long Prune(string? reason = null) => catalogue.Write(open => DeadLetterPruning.Prune(open, reason));

    private IEnumerable<StoredDeadLetter> Read(string? reason, string page, long from) => catalogue.Stream(
        open => DeadLetterTable.Exists(open.Connection)
            ? RowidPages.Read(open.Command($"{Columns} AND {page}", ("$reason", reason), (RowidPages.From, from)), ReadRow)
            : []);

    private long Change(Func<OpenCatalogue, long> change) => catalogue.Write(
        open => DeadLetterTable.Exists(open.Connection) ? change(open) : 0);

    private static long Retry(OpenCatalogue catalogue, IReadOnlyList<long> keys, IReadOnlyList<string?>? ids)
    {
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
        return row.Read() && row.ReadId(0).Shown == id;
    }

    private static StoredDeadLetter ReadRow(SqliteDataReader row) => new(
        row.GetInt64(0),
        row.ReadId(1),
        row.GetString(2),
        row.GetString(3),
        row.GetString(4),
        row.GetInt64(5),
        row.GetString(6),
        row.GetString(7),
        row.ReadInteger(8),
        row.ReadText(9),
        row.ReadText(10));
}
