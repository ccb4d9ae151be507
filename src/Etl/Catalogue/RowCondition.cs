namespace PaletteEtl.Catalogue;

/// <summary>A comparison of a column.</summary>
/// <param name="Column">The name of the column.</param>
/// <param name="Operator">An operator of SQL.</param>
/// <param name="Values">The values, each a <see cref="long"/>, a <see cref="double"/> or a <see cref="string"/>.</param>
internal sealed record RowCondition(string Column, string Operator, IReadOnlyList<object> Values);
