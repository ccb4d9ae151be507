using System.Buffers.Binary;
using Microsoft.Data.Sqlite;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>The table of what each palette was made from, created in the catalogue's database when the first palette is written.</summary>
/// <remarks>It has a hash of the palette as it was written, so that one that another program has put in its place is known. Settings
/// have a table of their own: a catalogue has a handful of them.</remarks>
internal static class ProvenanceTable
{
    public const string Name = "etl_provenance";
    public const string SettingsTable = "etl_settings";

    public static bool Exists(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = '{Name}'";
        return (long)command.ExecuteScalar()! > 0;
    }

    /// <summary>The numbers of the settings with which palettes or columns would be others today.</summary>
    public static HashSet<long> Outdated(SqliteConnection connection, MadeWith today)
    {
        var outdated = new HashSet<long>();
        if (!Exists(connection))
        {
            return outdated;
        }

        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT id, settings FROM {SettingsTable}";
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            if (MadeWith.Parse(row.GetString(1)).IsOutdated(today))
            {
                outdated.Add(row.GetInt64(0));
            }
        }

        return outdated;
    }

    /// <summary>Whether palettes were made with one of some settings.</summary>
    public static bool HasAny(SqliteConnection connection, IReadOnlyCollection<long> settings)
    {
        if (settings.Count == 0)
        {
            return false;
        }

        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT EXISTS (SELECT 1 FROM {Name} WHERE settings IN ({string.Join(", ", settings)}))";
        return (long)command.ExecuteScalar()! != 0;
    }

    /// <summary>Counts the rows by their settings, the most frequent first.</summary>
    public static IReadOnlyList<SettingsCount> CountBySettings(SqliteConnection connection)
    {
        if (!Exists(connection))
        {
            return [];
        }

        using SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            $"""
            SELECT s.settings, count(*) FROM {Name} AS p JOIN {SettingsTable} AS s ON s.id = p.settings
            GROUP BY p.settings ORDER BY 2 DESC, 1
            """;
        using SqliteDataReader row = command.ExecuteReader();
        var counts = new List<SettingsCount>();
        while (row.Read())
        {
            counts.Add(new SettingsCount(row.GetString(0), row.GetInt64(1)));
        }

        return counts;
    }

    /// <summary>The hash of the cover's bytes in a column; null where it was not known.</summary>
    public static UInt128? ReadContent(SqliteDataReader row, int column) =>
        row.GetValue(column) is byte[] { Length: ContentHash.Bytes } hash ? BinaryPrimitives.ReadUInt128BigEndian(hash) : null;

    /// <summary>The version of the cover in three columns: size, time and entity tag; null where it was not known.</summary>
    public static CoverVersion? ReadVersion(SqliteDataReader row, int first)
    {
        long? size = row.ReadInteger(first), ticks = row.ReadInteger(first + 1);
        string? etag = row.ReadText(first + 2);
        return (size, ticks, etag) is (null, null, null)
            ? null
            : new CoverVersion(size, ticks is { } utc ? new DateTimeOffset(utc, TimeSpan.Zero) : null, etag);
    }

    /// <summary>Creates the tables unless they are there, and stores some settings in them. Outside a transaction.</summary>
    /// <returns>The number of the settings.</returns>
    public static long Create(SqliteConnection connection, string settings)
    {
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        using SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            $"""
            CREATE TABLE IF NOT EXISTS {SettingsTable} (id INTEGER PRIMARY KEY, settings TEXT NOT NULL UNIQUE);
            CREATE TABLE IF NOT EXISTS {Name} (
                movie_id PRIMARY KEY,
                settings INTEGER NOT NULL,
                palette_hash INTEGER NOT NULL,
                cover_hash BLOB,
                cover_size INTEGER,
                cover_mtime INTEGER,
                cover_etag TEXT,
                at INTEGER NOT NULL) WITHOUT ROWID;
            INSERT INTO {SettingsTable} (settings) VALUES ($settings) ON CONFLICT DO NOTHING;
            SELECT id FROM {SettingsTable} WHERE settings = $settings;
            """;
        command.Parameters.AddWithValue("$settings", settings);
        long number = (long)command.ExecuteScalar()!;
        transaction.Commit();
        return number;
    }
}
