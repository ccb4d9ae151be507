using Microsoft.Data.Sqlite;
using PaletteEtl.Palettes;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>Palettes from all over a catalogue.</summary>
internal sealed class PaletteSpread
{
    private readonly List<(Movie Movie, Palette Palette)> _chosen = [];
    private readonly long _palettes;
    private readonly int _count;
    private readonly CatalogueTable _table;
    private long _seen;

    private PaletteSpread(CatalogueTable table, long palettes, int count) => (_table, _palettes, _count) = (table, palettes, count);

    /// <summary>Takes palettes at even distances in the order of the rows.</summary>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="palettes">Number of palettes in the catalogue.</param>
    /// <param name="count">Maximum number of palettes to take.</param>
    public static IReadOnlyList<(Movie Movie, Palette Palette)> Take(SqliteCatalogue catalogue, long palettes, int count) => catalogue.Read(open =>
    {
        CatalogueTable table = open.Table;
        var spread = new PaletteSpread(table, palettes, count);
        _ = open.Pages.Read<bool>($"{table.Missing}, {table.Palette}, {table.MovieColumns}", join: "", spread.Look).Count();
        return spread._chosen;
    });

    private void Look(SqliteDataReader row, RowKey key, List<bool> page)
    {
        if (row.GetBoolean(0))
        {
            return;
        }

        // Of n palettes, the one after which the share of those looked at reaches the next of count parts.
        bool isDue = _chosen.Count < _count && ++_seen * _count > _chosen.Count * _palettes;
        if (isDue && StoredPalette.TryRead(row, 1, out Palette palette))
        {
            _chosen.Add((row.ReadMovie(2, key, _table), palette));
        }
    }
}
