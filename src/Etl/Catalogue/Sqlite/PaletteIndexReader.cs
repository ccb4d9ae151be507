using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using PaletteEtl.Palettes;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>Reads the palettes of a catalogue into an index.</summary>
internal sealed class PaletteIndexReader
{
    private readonly ComparedPalettes _palettes;
    private readonly PaletteIndexBuilder _builder;

    private PaletteIndexReader(ComparedPalettes palettes, PaletteIndex? earlier) => (_palettes, _builder) = (palettes, new PaletteIndexBuilder(earlier));

    /// <summary>Reads every row. Movies whose palette is missing or unreadable are left out.</summary>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="earlier">An earlier index, whose parts are used again where nothing has changed; null for none.</param>
    /// <param name="stopping">Ends the reading after a page.</param>
    /// <exception cref="CatalogueException">The catalogue cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The reading was stopped.</exception>
    public static PaletteIndex Read(SqliteCatalogue catalogue, PaletteIndex? earlier = null, CancellationToken stopping = default) =>
        catalogue.Read(open =>
        {
            var palettes = new ComparedPalettes(open.Table);
            var reader = new PaletteIndexReader(palettes, earlier);
            string columns = $"{palettes.Columns}, {open.Table.Id}";
            _ = open.Pages.Read<PaletteIndex>(columns, join: "", reader.Add, stopping).Count(); // reads them all
            stopping.ThrowIfCancellationRequested();
            return reader._builder.ToIndex();
        });

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(SqliteDataReader row, RowKey key, List<PaletteIndex> page)
    {
        if (_palettes.TryRead(row, out Palette palette))
        {
            _builder.Add(key, row.ReadId(_palettes.Count), palette);
        }
    }
}
