using System.Globalization;
using Microsoft.Data.Sqlite;
using PaletteEtl.Palettes;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>The prepared statements that write a palette and the columns beside it.</summary>
internal sealed class MovieUpdates : IDisposable
{
    private readonly IReadOnlyList<FilledColumn> _columns;

    public MovieUpdates(SqliteConnection connection, CatalogueTable table)
    {
        _columns = table.Filled;
        string[] parameters = [.. _columns.Select(static (_, i) => ParameterOf(i))];

        // Only a palette that is still missing is filled, so nothing another program wrote meanwhile is overwritten.
        Fill = Update(RowStatement.StillMissing(table));
        Replace = Update(RowStatement.SameRow(table));
        Complete = _columns.Count == 0 ? null : new RowStatement(
            connection,
            table,
            $"UPDATE {table.From} SET {string.Join(", ", _columns.Select(WhereMissing))} WHERE {RowStatement.SameRow(table)}",
            parameters);

        RowStatement Update(string condition) => new(
            connection,
            table,
            $"UPDATE {table.From} SET {string.Join(", ", _columns.Select(Always).Prepend($"{table.PaletteColumn} = $palette"))} WHERE {condition}",
            ["$palette", .. parameters]);
        string Always(FilledColumn column, int i) => $"{column.Name} = {ParameterOf(i)}";
        string WhereMissing(FilledColumn column, int i) =>
            $"{column.Name} = CASE WHEN {column.Missing} THEN {ParameterOf(i)} ELSE {column.Name} END";
    }

    /// <summary>Fills in a palette that is still missing.</summary>
    public RowStatement Fill { get; }

    /// <summary>Replaces a palette.</summary>
    public RowStatement Replace { get; }

    /// <summary>Fills in the columns that are still missing; null if there is none beside the palette.</summary>
    public RowStatement? Complete { get; }

    public SqliteTransaction? Transaction
    {
        set
        {
            Fill.Transaction = Replace.Transaction = value;
            if (Complete is not null)
            {
                Complete.Transaction = value;
            }
        }
    }

    /// <summary>Sets the values of an item's columns.</summary>
    public void SetColumns(RowStatement update, in Item<Palette> item)
    {
        for (int i = 0; i < _columns.Count; i++)
        {
            update[ParameterOf(i)] = item.Columns?[i].Value;
        }
    }

    public void Dispose()
    {
        Fill.Dispose();
        Replace.Dispose();
        Complete?.Dispose();
    }

    private static string ParameterOf(int column) => string.Create(CultureInfo.InvariantCulture, $"$column{column}");
}
