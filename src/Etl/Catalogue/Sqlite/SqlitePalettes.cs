using PaletteEtl.Palettes;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>The palettes of a SQLite catalogue.</summary>
internal sealed class SqlitePalettes(SqliteCatalogue catalogue) : IPalettes
{
    public Palette? Find(string id) => catalogue.Read(open => PaletteSearch.PaletteOf(open, id).Palette);

    public ResetResult Preview(ResetSelection selection) => catalogue.Read(open => new PaletteReset(open, selection).Preview());

    public ResetResult Reset(ResetSelection selection) => catalogue.Write(open => new PaletteReset(open, selection).Apply());
}
