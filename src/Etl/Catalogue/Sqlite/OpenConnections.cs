using System.Collections.Concurrent;
using System.Data;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>The open connections of the process, so that an abort can interrupt what they do: SQLite blocks the thread until a statement
/// has ended, and a count, a migration or an index may take minutes.</summary>
internal static class OpenConnections
{
    private static readonly ConcurrentDictionary<SqliteConnection, sqlite3> Handles = new(ReferenceEqualityComparer.Instance);

    /// <summary>Adds a connection, until it is closed.</summary>
    public static void Add(SqliteConnection connection)
    {
        Handles[connection] = connection.Handle!;
        connection.StateChange += (_, change) =>
        {
            if (change.CurrentState == ConnectionState.Closed)
            {
                Handles.TryRemove(connection, out sqlite3? _);
            }
        };
    }

    /// <summary>Interrupts the statements under way. Each fails, and its transaction is rolled back.</summary>
    public static void Interrupt()
    {
        foreach (sqlite3 handle in Handles.Values)
        {
            try
            {
                raw.sqlite3_interrupt(handle);
            }
            catch (ObjectDisposedException)
            {
                // It was closed meanwhile; the handle keeps the connection from being freed during the call.
            }
        }
    }
}
