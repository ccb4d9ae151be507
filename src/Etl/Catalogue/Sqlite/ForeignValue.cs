namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>A value that this program did not write, in a column that it writes to.</summary>
/// <param name="Column">The column.</param>
/// <param name="Option">The option that names it.</param>
/// <param name="Kind">The values that belong there.</param>
/// <param name="Value">The value, for a person to read.</param>
/// <param name="Removal">How such values are removed, as a part of a sentence; empty if no command does.</param>
internal sealed record ForeignValue(string Column, string Option, string Kind, string Value, string Removal);
