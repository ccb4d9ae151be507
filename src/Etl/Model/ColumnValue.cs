namespace PaletteEtl.Model;

/// <summary>The value of a column beside the palette.</summary>
/// <param name="Column">The name of the column.</param>
/// <param name="Value">A <see cref="string"/> that is not empty, or a <see cref="long"/>.</param>
public readonly record struct ColumnValue(string Column, object Value);
