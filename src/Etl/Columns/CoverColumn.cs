namespace PaletteEtl.Columns;

/// <summary>A column of the table that runs fill in beside the palette.</summary>
/// <param name="Option">The path of the option that names it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Values">Computes its values.</param>
internal sealed record CoverColumn(string Option, string Name, ICoverColumn Values);
