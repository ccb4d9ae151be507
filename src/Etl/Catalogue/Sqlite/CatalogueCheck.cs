using Microsoft.Data.Sqlite;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>Checks whether a catalogue can be used, and throws a <see cref="CatalogueException"/> when it cannot.</summary>
internal static class CatalogueCheck
{
    /// <summary>Checks that the database can be opened.</summary>
    public static void Open(SqliteCatalogue catalogue) => catalogue.Connect(SqliteOpenMode.ReadOnly).Dispose();

    /// <summary>Checks that the database can be written, by a transaction that is rolled back.</summary>
    public static void Write(SqliteCatalogue catalogue) => catalogue.Explaining(() =>
    {
        using SqliteConnection connection = catalogue.Connect(SqliteOpenMode.ReadWrite);
        using SqliteTransaction undone = connection.BeginTransaction(deferred: false);
        using SqliteCommand write = connection.CreateCommand();
        (write.CommandText, write.Transaction) = ("PRAGMA user_version = 1", undone); // anything that starts a journal
        return write.ExecuteNonQuery();
    });

    /// <summary>Checks that the table has the columns, and that a sample of their values is of this program, unless others are allowed.</summary>
    public static void Table(SqliteCatalogue catalogue) => catalogue.Read(static open =>
    {
        ForeignValues.ThrowIfAny(open.Connection, open.Table, open.Options);
        return true;
    });
}
