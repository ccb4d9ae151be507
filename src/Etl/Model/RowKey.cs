using Microsoft.Data.Sqlite;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;
using SQLitePCL;

namespace PaletteEtl.Model;

/// <summary>Where a row is: its rowid, or the values of its primary key in a table WITHOUT ROWID.</summary>
internal readonly record struct RowKey(long Rowid, object[]? PrimaryKey = null)
{
    /// <summary>The key in the last columns of the row at hand, which are the key columns of the table.</summary>
    /// <exception cref="CatalogueException">A part of the key is text that is not valid UTF-8.</exception>
    public static RowKey Read(SqliteDataReader row, CatalogueTable table)
    {
        int first = row.FieldCount - table.Keys.Count;

        // A rowid is always an integer, so the reader's own look at its type, which costs more than the row, is spared.
        return table.HasRowid
            ? new RowKey(raw.sqlite3_column_int64(row.Handle, first))
            : new RowKey(0, ReadPrimaryKey(row, first, table));
    }

    private static object[] ReadPrimaryKey(SqliteDataReader row, int first, CatalogueTable table)
    {
        object[] key = new object[row.FieldCount - first];
        for (int i = 0; i < key.Length; i++)
        {
            key[i] = row.GetValue(first + i);
            if (key[i] is string text && !MovieId.IsDecoded(text, row, first + i))
            {
                // Paging on from what was decoded of it would find the same rows for ever, or leave some out.
                throw new CatalogueException(
                    $"Table {table.Name} has a row whose primary key is not valid UTF-8 ('{text}'), so the row cannot be "
                    + "addressed. Correct that key.");
            }
        }

        return key;
    }
}
