using Microsoft.Data.Sqlite;

namespace Etl.Query;

/// <summary>Opens the catalogue's database, and says plainly why it cannot.</summary>
internal static class CatalogueDatabase
{
    /// <summary>An open connection; it never creates a file.</summary>
    /// <exception cref="CatalogueException">There is no such file, or it is no database that can be opened.</exception>
    public static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        if (!File.Exists(path))
        {
            throw new CatalogueException($"There is no database {path}; set Etl:Query:Database.");
        }

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            using SqliteCommand probe = connection.CreateCommand();
            probe.CommandText = "SELECT count(*) FROM sqlite_schema";
            probe.ExecuteScalar();
            return connection;
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            throw Explained(path, error);
        }
    }

    /// <summary>The same error in words of the catalogue.</summary>
    public static CatalogueException Explained(string path, SqliteException error) => new(
        error.SqliteErrorCode switch
        {
            SQLitePCL.raw.SQLITE_NOTADB => $"{path} is not a SQLite database; set Etl:Query:Database.",
            SQLitePCL.raw.SQLITE_CANTOPEN => $"The database {path} cannot be opened; see to its permissions.",
            SQLitePCL.raw.SQLITE_READONLY => $"The database {path} is read-only; see to its permissions and its folder's.",
            SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED =>
                $"The database {path} stayed locked by another program; run again once that has finished.",
            SQLitePCL.raw.SQLITE_FULL => $"The disk of the database {path} is full; make room and run again.",
            SQLitePCL.raw.SQLITE_CORRUPT => $"The database {path} is damaged ({error.Message}); restore it from a backup.",
            SQLitePCL.raw.SQLITE_IOERR => $"The database {path} cannot be read or written ({error.Message}); see to its disk.",
            _ => $"The database {path} failed: {error.Message}",
        },
        error);
}
