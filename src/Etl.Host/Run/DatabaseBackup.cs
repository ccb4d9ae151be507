using Etl.Query;
using Microsoft.Data.Sqlite;

namespace Etl.Host.Run;

/// <summary>Copies a database while others use it, with SQLite's online backup.</summary>
internal static class DatabaseBackup
{
    /// <exception cref="UserException">The copy exists already, or its folder does not.</exception>
    /// <exception cref="CatalogueException">The database cannot be read.</exception>
    public static void Create(EtlOptions options, FileInfo copy)
    {
        if (Path.Exists(copy.FullName))
        {
            throw new UserException(ExitCodes.Refused, $"--backup {copy} exists already; name a file that does not.");
        }

        if (copy.Directory is not { Exists: true })
        {
            throw new UserException(ExitCodes.Refused, $"--backup {copy} is in a folder that does not exist.");
        }

        // Under its final name a backup is always whole.
        string partial = copy.FullName + ".partial";
        try
        {
            File.Delete(partial);
            Copy(options, partial);
            File.Move(partial, copy.FullName);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static void Copy(EtlOptions options, string copy)
    {
        using SqliteConnection source = CatalogueDatabase.Open(options, SqliteOpenMode.ReadOnly);
        using var target = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = copy, Pooling = false }.ToString());
        target.Open();
        source.BackupDatabase(target);
    }
}
