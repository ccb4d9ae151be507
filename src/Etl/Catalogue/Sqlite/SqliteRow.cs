using System.Text.Unicode;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>Reads the id and the key of a movie from the row at hand.</summary>
internal static class SqliteRow
{
    /// <summary>The id in a column; as bytes when it is a text that is not valid UTF-8.</summary>
    public static MovieId ReadId(this SqliteDataReader row, int column) => row.GetValue(column) switch
    {
        DBNull => new(null),
        string text when !IsDecoded(text, row, column) => new(row.GetFieldValue<byte[]>(column)),
        var id => new(id),
    };

    /// <summary>The movie at the row at hand.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The first of <see cref="CatalogueTable.MovieColumns"/>; the key is in the last columns.</param>
    /// <param name="key">The key.</param>
    /// <param name="table">The table.</param>
    /// <param name="previous">How the movie failed before; null if it did not.</param>
    public static Movie ReadMovie(this SqliteDataReader row, int column, RowKey key, CatalogueTable table, DeadLetter? previous = null) =>
        new(key, row.ReadId(column), previous) { Location = table.Cover is null ? null : row.ReadId(column + 1).Text ?? "" };

    /// <summary>The key in the last columns, which are the key columns of the table.</summary>
    /// <exception cref="CatalogueException">A part of the key is text that is not valid UTF-8.</exception>
    public static RowKey ReadKey(this SqliteDataReader row, CatalogueTable table) => row.ReadKey(table, row.FieldCount - table.Keys.Count);

    /// <summary>The key whose columns begin at one. A rowid is always an integer, so the reader's own look at its type, which costs more
    /// than the row, is spared; so is the number of columns for each row.</summary>
    public static RowKey ReadKey(this SqliteDataReader row, CatalogueTable table, int first) => table.HasRowid
        ? new RowKey(raw.sqlite3_column_int64(row.Handle, first))
        : new RowKey(0, ReadPrimaryKey(row, first, table));

    /// <summary>The text in a column; null for NULL.</summary>
    public static string? ReadText(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>The integer in a column; null for NULL.</summary>
    public static long? ReadInteger(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    private static object[] ReadPrimaryKey(SqliteDataReader row, int first, CatalogueTable table)
    {
        object[] key = new object[row.FieldCount - first];
        for (int i = 0; i < key.Length; i++)
        {
            key[i] = row.GetValue(first + i);
            if (key[i] is string text && !IsDecoded(text, row, first + i))
            {
                // Paging on from what was decoded of it would find the same rows for ever, or leave some out.
                throw new CatalogueException(
                    $"Table {table.Name} has a row whose primary key is not valid UTF-8 ('{text}'), so the row cannot be "
                    + "addressed. Correct that key.");
            }
        }

        return key;
    }

    /// <summary>Whether a text is what the column holds. In place of bytes that are not UTF-8, decoding puts a character
    /// that may also be there by right.</summary>
    private static bool IsDecoded(string text, SqliteDataReader row, int column) =>
        !text.Contains('\uFFFD', StringComparison.Ordinal) || Utf8.IsValid(row.GetFieldValue<byte[]>(column));
}
