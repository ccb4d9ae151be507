namespace PaletteEtl.Model;

/// <summary>Where a row is: its rowid, or the values of its primary key in a table WITHOUT ROWID.</summary>
internal readonly record struct RowKey(long Rowid, object[]? PrimaryKey = null);
