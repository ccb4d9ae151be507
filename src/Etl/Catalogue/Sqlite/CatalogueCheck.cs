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

    /// <summary>Checks that no other program has taken the name of one of this program's tables.</summary>
    public static void Names(SqliteCatalogue catalogue) => catalogue.Explaining(() =>
    {
        using SqliteConnection connection = catalogue.Connect(SqliteOpenMode.ReadOnly);
        OwnTables.ThrowIfForeign(connection);
        return true;
    });

    /// <summary>Checks that the table has the columns.</summary>
    public static void Table(SqliteCatalogue catalogue) => catalogue.Inspect(SqliteOpenMode.ReadOnly, static _ => true);

    /// <summary>Checks that a sample of the values is of this program, unless others are allowed.</summary>
    public static void Values(SqliteCatalogue catalogue) => catalogue.Inspect(SqliteOpenMode.ReadOnly, static open =>
    {
        ForeignValues.ThrowIfAny(open.Connection, open.Table, open.Options);
        return true;
    });

    /// <summary>Counts, by a look at every row, the palettes that are lists of colours, and the values that are neither missing nor such a
    /// list.</summary>
    public static (long Readable, long Unreadable) CountPalettes(SqliteCatalogue catalogue) =>
        catalogue.Inspect(SqliteOpenMode.ReadOnly, static open =>
        {
            MovieCounts counts = SqliteStatus.CountMovies(open, withDeadLetters: false); // that table may be another program's
            return (counts.Movies - counts.Missing - counts.Unreadable, counts.Unreadable);
        });
}
