using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using PaletteEtl.Columns;
using PaletteEtl.Palettes;
using SQLitePCL;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>Reads palettes as searches compare them: with the shares of their colours where a column of the table has them.</summary>
internal sealed class ComparedPalettes
{
    private readonly bool _hasShares;

    public ComparedPalettes(CatalogueTable table)
    {
        FilledColumn? shares = table.Filled.FirstOrDefault(static column => column.Column.Values is PopulationColumn);
        _hasShares = shares is not null;
        Columns = shares is null ? table.Palette : $"{table.Palette}, t.{shares.Name}";
        Count = shares is null ? 1 : 2;
    }

    /// <summary>The columns to select.</summary>
    public string Columns { get; }

    /// <summary>How many these are.</summary>
    public int Count { get; }

    /// <summary>Reads the palette of the row at hand, which has the columns first; false when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryRead(SqliteDataReader row, out Palette palette)
    {
        if (!StoredPalette.TryRead(row, 0, out palette))
        {
            return false;
        }

        if (_hasShares)
        {
            raw.sqlite3_column_text(row.Handle, 1); // a UTF-16 database converts it
            palette = SharesJson.Add(palette, raw.sqlite3_column_blob(row.Handle, 1));
        }

        return true;
    }
}
