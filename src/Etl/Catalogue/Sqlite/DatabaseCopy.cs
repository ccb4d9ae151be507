using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>Copies a database while others use it, with SQLite's online backup.</summary>
internal static class DatabaseCopy
{
    private const int PagesAtOnce = 1_024; // between two looks at the token

    /// <summary>Writes the copy to a file, which a failure leaves unfinished.</summary>
    /// <exception cref="CatalogueException">The database cannot be read.</exception>
    /// <exception cref="IOException">The copy cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The copying was stopped.</exception>
    public static void Write(SqliteCatalogue catalogue, string copy, CancellationToken stopping) => catalogue.Explaining(() =>
    {
        using SqliteConnection source = catalogue.Connect(SqliteOpenMode.ReadOnly);
        using var target = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = copy, Pooling = false }.ToString());
        try
        {
            target.Open();
            Execute(target, "PRAGMA journal_mode = OFF"); // a copy that fails is deleted
            Execute(source, "BEGIN; SELECT count(*) FROM sqlite_schema"); // else a write of others starts the copy anew
            CopyPages(source, target, stopping);
            return true;
        }
        catch (SqliteException error) when (error.SqliteErrorCode is raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN)
        {
            throw new IOException(error.Message, error);
        }
    });

    private static void CopyPages(SqliteConnection source, SqliteConnection target, CancellationToken stopping)
    {
        using sqlite3_backup backup = raw.sqlite3_backup_init(target.Handle!, "main", source.Handle!, "main");
        int result = raw.SQLITE_OK;
        while (result == raw.SQLITE_OK)
        {
            stopping.ThrowIfCancellationRequested();
            result = raw.sqlite3_backup_step(backup, PagesAtOnce);
        }

        if (result != raw.SQLITE_DONE)
        {
            throw new SqliteException(raw.sqlite3_errstr(result).utf8_to_string(), result & 0xFF, result);
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
