using PaletteEtl.Columns;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>A column that is filled in beside the palette, as SQL sees it.</summary>
/// <param name="Name">Its quoted name.</param>
/// <param name="Empty">The value of a row that is to be filled in: NULL, or an empty text where the column allows no NULL.</param>
/// <param name="Column">The column.</param>
internal sealed record FilledColumn(string Name, string Empty, CoverColumn Column)
{
    /// <summary>The condition that it is to be filled in.</summary>
    public string Missing => $"(t.{Name} IS NULL OR t.{Name} = '')";
}
