namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>The rows of a catalogue that have one id.</summary>
/// <param name="Missing">How many of them lack a palette.</param>
/// <param name="Filled">How many have one.</param>
/// <param name="Key">The row key of one that lacks a palette, if there is one.</param>
internal readonly record struct RowsOfId(long Missing, long Filled, RowKey Key)
{
    public RowsOfId With(bool isMissing, RowKey key) =>
        isMissing ? this with { Missing = Missing + 1, Key = key } : this with { Filled = Filled + 1 };
}
