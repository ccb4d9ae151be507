using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>Whether the file of an open database is still the one at its path.</summary>
/// <remarks>Outside Windows an open file can be deleted or replaced, and what is written into it then is lost with the
/// connection. SQLite looks for itself when it opens a rollback journal, but not in WAL mode.</remarks>
internal static partial class CatalogueFile
{
    private const int HasMoved = 20; // SQLITE_FCNTL_HAS_MOVED

    /// <exception cref="CatalogueException">It is another file, or none.</exception>
    public static void ThrowIfMoved(SqliteConnection connection)
    {
        if (FileControl(connection.Handle!.DangerousGetHandle(), "main", HasMoved, out int moved) == SQLitePCL.raw.SQLITE_OK
            && moved != 0)
        {
            throw new CatalogueException(Moved(connection.DataSource));
        }
    }

    public static string Moved(string path) =>
        $"The database {path} was deleted or replaced while it was in use. Restore it and run again.";

    // SQLitePCLRaw has no call for it.
    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int FileControl(nint database, string schema, int operation, out int result);
}
