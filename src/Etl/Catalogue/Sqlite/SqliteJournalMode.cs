using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>Sets the journal mode of a database to that of the options.</summary>
internal static class SqliteJournalMode
{
    /// <exception cref="CatalogueException">The mode cannot be set, because another program has the database open.</exception>
    public static void Set(SqliteConnection connection, WriteOptions options)
    {
        if (options.JournalMode is not { } mode)
        {
            return;
        }

        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"PRAGMA journal_mode = {mode}";
        if (options.BusyTimeout > TimeSpan.Zero)
        {
            // The one lock that SQLite does not wait for by itself; the library tries again, for whole seconds.
            command.CommandTimeout = (int)Math.Ceiling(options.BusyTimeout.TotalSeconds);
        }

        try
        {
            if (command.ExecuteScalar() is string kept && !kept.Equals(mode.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                throw Refused(connection, mode, $"it stays {kept}");
            }
        }
        catch (SqliteException error) when (error.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
        {
            throw Refused(connection, mode, "another program has it open");
        }
    }

    private static CatalogueException Refused(SqliteConnection connection, JournalMode mode, string why) => new(
        $"The journal mode of the database {connection.DataSource} cannot be set to {mode}: {why}. "
        + "Run again when no other program uses it, or remove Etl:Write:JournalMode.");
}
