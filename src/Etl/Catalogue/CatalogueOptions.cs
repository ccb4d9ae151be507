using PaletteEtl.Columns;

namespace PaletteEtl.Catalogue;

/// <summary>The options of a catalogue.</summary>
/// <param name="Query">The catalogue, its table and its columns.</param>
/// <param name="Write">How palettes are written, and how long locks are waited for.</param>
/// <param name="Columns">The columns that are filled in beside the palette.</param>
/// <param name="Settings">The settings that decide how a palette is made from a cover, in one line.</param>
internal sealed record CatalogueOptions(QueryOptions Query, WriteOptions Write, IReadOnlyList<CoverColumn> Columns, string Settings)
{
    /// <summary>The settings and the columns in the form that is stored with each palette.</summary>
    public MadeWith MadeWith { get; } = MadeWith.Of(Settings, Columns);
}
