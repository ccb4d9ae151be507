using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>The state of a database at one moment, which can be copied with SQLite's online backup while others use the database.
/// Without the snapshot, each write of others would start the copy again.</summary>
internal sealed class DatabaseSnapshot : IDisposable
{
    private const int PagesAtOnce = 1_024; // between two looks at the token

    private readonly SqliteCatalogue _catalogue;
    private readonly SqliteConnection _source;

    private DatabaseSnapshot(SqliteCatalogue catalogue, SqliteConnection source)
    {
        _catalogue = catalogue;
        _source = source;
    }

    /// <summary>Takes a snapshot; waits for a lock of another program.</summary>
    /// <exception cref="CatalogueException">The database cannot be read.</exception>
    public static DatabaseSnapshot Take(SqliteCatalogue catalogue) => catalogue.Explaining(() =>
    {
        SqliteConnection source = catalogue.Connect(SqliteOpenMode.ReadOnly);
        try
        {
            Execute(source, "BEGIN; SELECT count(*) FROM sqlite_schema");
            return new DatabaseSnapshot(catalogue, source);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    });

    /// <summary>Writes a copy to a file, which a failure leaves unfinished.</summary>
    /// <exception cref="CatalogueException">The database cannot be read.</exception>
    /// <exception cref="IOException">The copy cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The copying was stopped.</exception>
    public void CopyTo(string file, CancellationToken stopping) => _catalogue.Explaining(() =>
    {
        using var target = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        try
        {
            target.Open();
            Execute(target, "PRAGMA journal_mode = OFF"); // a copy that fails is deleted
            CopyPages(target, stopping);
            return true;
        }
        catch (SqliteException error) when (error.SqliteErrorCode is raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN)
        {
            throw new IOException(error.Message, error);
        }
    });

    public void Dispose() => _source.Dispose();

    private void CopyPages(SqliteConnection target, CancellationToken stopping)
    {
        using sqlite3_backup backup = raw.sqlite3_backup_init(target.Handle!, "main", _source.Handle!, "main");
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
