using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>Opens the catalogue's database, and says plainly why it cannot.</summary>
internal static class CatalogueDatabase
{
    /// <summary>An open connection; it never creates a file.</summary>
    /// <param name="options">Where the database is, and how long its locks are waited for.</param>
    /// <param name="mode">A connection that is read-only still rolls back what a killed program has left half-written.</param>
    /// <param name="patience">How long locks are waited for instead.</param>
    /// <exception cref="CatalogueException">There is no such file, or it is no database that can be opened.</exception>
    public static SqliteConnection Open(CatalogueOptions options, SqliteOpenMode mode, TimeSpan? patience = null)
    {
        string path = options.Query.Database;
        if (!File.Exists(path))
        {
            throw new CatalogueException(Directory.Exists(path)
                ? $"The database {path} is a folder. Set Etl:Query:Database to a file."
                : $"The database {path} does not exist. Set Etl:Query:Database.");
        }

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
        }.ToString())
        {
            // A negative timeout keeps the library from retrying by itself, every 150 ms and for whole seconds. Not in the connection
            // string: its builder writes numbers in the current culture, and does not read the minus sign of some.
            DefaultTimeout = -1,
        };
        bool isOpen = false;
        try
        {
            connection.Open();
            isOpen = true;
            OpenConnections.Add(connection);
            raw.sqlite3_busy_timeout(connection.Handle, (int)(patience ?? options.Write.BusyTimeout).TotalMilliseconds);
            using SqliteCommand probe = connection.CreateCommand();
            probe.CommandText =
                $"PRAGMA query_only = {(mode == SqliteOpenMode.ReadOnly ? 1 : 0)}; SELECT count(*) FROM sqlite_schema";
            probe.ExecuteScalar();
            return connection;
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            throw isOpen && IsOfWal(error) ? new CatalogueException(WithoutWal(path), error) : Explained(path, error);
        }
    }

    /// <summary>Has SQLite loaded and compiled, with a database in memory.</summary>
    public static void WarmUp()
    {
        using var connection = new SqliteConnection("Data Source=:memory:;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT 1";
        command.ExecuteScalar();
    }

    /// <summary>Works with a database, and says in words of the catalogue what fails.</summary>
    /// <exception cref="CatalogueException">The database failed.</exception>
    /// <exception cref="OperationCanceledException">A statement was interrupted.</exception>
    public static T Explaining<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException error)
        {
            throw Explained(path, error);
        }
    }

    /// <summary>Whether the first read of an open file failed for want of its -wal and -shm, which only WAL mode needs for reading. The file's
    /// header tells the mode too, but to close it would release the locks of the other connections of this process.</summary>
    private static bool IsOfWal(SqliteException error) =>
        error.SqliteErrorCode is raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY
        && error.SqliteExtendedErrorCode is not (raw.SQLITE_READONLY_ROLLBACK or raw.SQLITE_READONLY_RECOVERY or raw.SQLITE_READONLY_DBMOVED);

    private static string WithoutWal(string path) =>
        $"The database {path} is in WAL mode, and {Path.GetFileName(path)}-wal and {Path.GetFileName(path)}-shm cannot be created or written in its folder. "
        + "Make the folder writable, or use a copy in a folder that is.";

    /// <summary>The same error in words of the catalogue; a cancellation when the statement was interrupted.</summary>
    public static Exception Explained(string path, SqliteException error) => error.SqliteErrorCode == raw.SQLITE_INTERRUPT
        ? new OperationCanceledException($"A statement of the database {path} was interrupted.", error)
        : new CatalogueException(Sentence(path, error), error)
        {
            IsLocked = error.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL,
        };

    private static string Sentence(string path, SqliteException error) =>
        error.SqliteExtendedErrorCode switch
        {
            raw.SQLITE_READONLY_DBMOVED => CatalogueFile.Moved(path),
            raw.SQLITE_READONLY_ROLLBACK or raw.SQLITE_READONLY_RECOVERY =>
                $"The database {path} is read-only and was left half-written by a killed program, so the "
                + "write cannot be rolled back. Check the permissions of the file and of its directory.",
            _ => Sentence(path, error.SqliteErrorCode, error.Message),
        };

    private static string Sentence(string path, int code, string message) => code switch
    {
        raw.SQLITE_NOTADB => $"{path} is not a SQLite database. Set Etl:Query:Database.",
        raw.SQLITE_CANTOPEN => $"The database {path} cannot be opened. Check the permissions of the file and of its directory.",
        raw.SQLITE_READONLY => $"The database {path} is read-only. Check the permissions of the file and of its directory.",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL =>
            $"The database {path} stayed locked by another program. Run again when it has finished, "
            + "or raise Etl:Write:BusyTimeout.",
        raw.SQLITE_FULL => $"The disk of the database {path} is full. Free space and run again.",
        raw.SQLITE_CORRUPT => $"The database {path} is damaged ({message}). Restore it from a backup.",
        raw.SQLITE_IOERR => $"The database {path} cannot be read or written ({message}). Check its disk.",
        _ => $"The database {path} failed: {message}",
    };
}
