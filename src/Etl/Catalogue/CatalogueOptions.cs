namespace PaletteEtl.Catalogue;

/// <summary>The options of a catalogue.</summary>
/// <param name="Query">The catalogue, its table and its columns.</param>
/// <param name="Write">How palettes are written, and how long locks are waited for.</param>
/// <param name="PopulationColumn">The column of the colours' shares; null when they are not wanted.</param>
/// <param name="Settings">The settings that decide how a palette is made from a cover, in one line.</param>
internal sealed record CatalogueOptions(QueryOptions Query, WriteOptions Write, string? PopulationColumn, string Settings);
