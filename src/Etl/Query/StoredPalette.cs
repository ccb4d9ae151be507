using System.Runtime.CompilerServices;
using Etl.Quantize;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Etl.Query;

/// <summary>Palettes as the catalogue has them, which may be anything.</summary>
internal static class StoredPalette
{
    /// <summary>Reads a column of the row at hand where it lies, without a copy; whether it is a palette.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryRead(SqliteDataReader row, int column, out Palette palette)
    {
        if (PaletteJson.TryRead(raw.sqlite3_column_blob(row.Handle, column), out palette))
        {
            return true;
        }

        // Of a database in UTF-16 that was not the text yet; asking for it converts it.
        raw.sqlite3_column_text(row.Handle, column);
        return PaletteJson.TryRead(raw.sqlite3_column_blob(row.Handle, column), out palette);
    }
}
