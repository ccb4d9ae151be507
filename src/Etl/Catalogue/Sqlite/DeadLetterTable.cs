using Microsoft.Data.Sqlite;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>The table of dead letters, created in the catalogue's database when the first is written.</summary>
internal static class DeadLetterTable
{
    public const string Name = "etl_dead_letters";

    /// <summary>The columns that <see cref="Read"/> reads, of a table under the alias d.</summary>
    public const string ReadColumns = "d.reason, d.attempts, d.cover_size, d.cover_mtime, d.cover_etag, d.stage, d.last_at";

    /// <summary>The table of the version of the tables.</summary>
    public const string SchemaTable = "etl_schema";

    private const int SchemaVersion = 1;

    /// <exception cref="CatalogueException">A newer version of this program has written it.</exception>
    public static bool Exists(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = '{Name}'";
        bool exists = (long)command.ExecuteScalar()! > 0;
        if (exists)
        {
            ThrowIfNewer(connection);
        }

        return exists;
    }

    /// <summary>Creates the table unless it is there.</summary>
    public static void Create(SqliteConnection connection)
    {
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        using SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            $"""
            CREATE TABLE IF NOT EXISTS {Name} (
                movie_id PRIMARY KEY,
                stage TEXT NOT NULL,
                reason TEXT NOT NULL,
                message TEXT NOT NULL,
                attempts INTEGER NOT NULL,
                first_at TEXT NOT NULL,
                last_at TEXT NOT NULL,
                cover_size INTEGER,
                cover_mtime TEXT,
                cover_etag TEXT);
            CREATE TABLE IF NOT EXISTS {SchemaTable} (version INTEGER NOT NULL);
            INSERT INTO {SchemaTable} (version) SELECT {SchemaVersion} WHERE NOT EXISTS (SELECT 1 FROM {SchemaTable});
            """;
        command.ExecuteNonQuery();
        transaction.Commit();
    }

    /// <summary>The dead letter whose <see cref="ReadColumns"/> start at a column; null when the join found none.</summary>
    public static DeadLetter? Read(SqliteDataReader reader, int first)
    {
        if (reader.IsDBNull(first))
        {
            return null;
        }

        return Of(
            reader.GetString(first),
            reader.GetInt64(first + 1),
            (reader.ReadInteger(first + 2), reader.ReadText(first + 3), reader.ReadText(first + 4)),
            reader.GetString(first + 5),
            reader.ReadText(first + 6));
    }

    /// <summary>A stored dead letter as the next run reads it.</summary>
    public static DeadLetter Of(StoredDeadLetter letter) => Of(
        letter.Reason, letter.Attempts, (letter.CoverSize, letter.CoverMtime, letter.CoverEtag), letter.Stage, letter.LastAt);

    private static DeadLetter Of(string reason, long attempts, (long? Size, string? Modified, string? ETag) cover, string stage, string? lastAt)
    {
        // A reason that is not known here was written by another version; trying again is right for it.
        FailureReason known = FailureReasons.TryParse(reason, out FailureReason parsed) ? parsed : FailureReason.Internal;
        DateTimeOffset? modified = CatalogueTime.Parse(cover.Modified);
        CoverVersion? version = (cover.Size, modified, cover.ETag) is (null, null, null) ? null : new(cover.Size, modified, cover.ETag);
        return new DeadLetter(known, attempts, version, stage, CatalogueTime.Parse(lastAt));
    }

    private static void ThrowIfNewer(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = '{SchemaTable}'";
        if ((long)command.ExecuteScalar()! == 0)
        {
            return;
        }

        command.CommandText = $"SELECT max(version) FROM {SchemaTable}";
        if (command.ExecuteScalar() is long version and > SchemaVersion)
        {
            throw new CatalogueException(
                $"{Name} has schema version {version}, but this program supports only {SchemaVersion}. Use a newer version of etl.");
        }
    }
}
