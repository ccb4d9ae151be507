using System.Globalization;
using Microsoft.Data.Sqlite;
using PaletteEtl.Columns;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>Finds values of other programs in the columns that this one writes to, because a column set by mistake must not be
/// emptied.</summary>
internal sealed class ForeignValues(CatalogueTable table, CatalogueOptions options)
{
    private const int RowsAtAnEnd = 1_000;
    private const int Places = 64;
    private const int RowsAtAPlace = 8;
    private const int ShownCharacters = 40;

    /// <summary>The columns that <see cref="Find"/> reads.</summary>
    public string Columns { get; } = string.Join(", ", table.Filled.Select(static column => $"t.{column.Name}").Prepend(table.Palette));

    /// <summary>Refuses a table in which a sample of the rows has such a value, unless the options allow them.</summary>
    /// <remarks>The sample is bounded: rows at both ends, and a few at places in between. So a table of 2,000 rows is checked whole.</remarks>
    /// <exception cref="CatalogueException">There is one.</exception>
    public static void ThrowIfAny(SqliteConnection connection, CatalogueTable table, CatalogueOptions options)
    {
        if (!options.Query.AllowForeignValues)
        {
            new ForeignValues(table, options).ThrowIfSampled(connection);
        }
    }

    /// <summary>The foreign value in the row at hand, whose <see cref="Columns"/> start at a column; null when there is none.</summary>
    public ForeignValue? Find(SqliteDataReader row, int first)
    {
        if (!IsEmpty(row, first) && !StoredPalette.IsColors(row, first))
        {
            return new(options.Query.PaletteColumn, "Etl:Query:PaletteColumn", "palettes", Shown(row, first), "empty these values with 'etl reset --unreadable', ");
        }

        for (int i = 0; i < table.Filled.Count; i++)
        {
            int place = first + 1 + i;
            CoverColumn column = table.Filled[i].Column;
            if (!IsEmpty(row, place) && !column.Values.IsValue(row.GetValue(place)))
            {
                return new(column.Name, column.Option, column.Values.Kind, Shown(row, place), Removal: "");
            }
        }

        return null;
    }

    /// <summary>The refusal of a foreign value.</summary>
    public CatalogueException Refusal(ForeignValue value, MovieId id) => new(
        $"Column {value.Column} of table {options.Query.Table} in {options.Query.Database} holds values that are not {value.Kind}, "
        + $"such as {value.Value} of movie {OneLine(id.ToString())}, so nothing was written or emptied. Set {value.Option} to the column of {value.Kind}, "
        + $"{value.Removal}or set Etl:Query:AllowForeignValues to true to use this one.");

    private void ThrowIfSampled(SqliteConnection connection)
    {
        string rows = $"SELECT {table.Id}, {Columns}, {table.KeyColumns} FROM {table.From}";
        string descending = string.Join(", ", table.Keys.Select(static key => $"{key} DESC"));
        RowKey? first = Check(connection, $"{rows} ORDER BY {table.KeyColumns} LIMIT {RowsAtAnEnd}");
        RowKey? last = Check(connection, $"{rows} ORDER BY {descending} LIMIT {RowsAtAnEnd}");
        if (!table.HasRowid || first is not { Number: var from } || last is not { Number: var to })
        {
            return;
        }

        for (int place = 1; place < Places; place++)
        {
            long rowid = (long)(from + (((Int128)to - from) * place / Places));
            Check(connection, $"{rows} WHERE {table.KeyTuple} >= {rowid} ORDER BY {table.KeyColumns} LIMIT {RowsAtAPlace}");
        }
    }

    /// <summary>Returns the key of the first row, or null when there is none.</summary>
    private RowKey? Check(SqliteConnection connection, FormattableString sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql.ToString(CultureInfo.InvariantCulture);
        using SqliteDataReader row = command.ExecuteReader();
        RowKey? first = null;
        while (row.Read())
        {
            first ??= row.ReadKey(table);
            if (Find(row, 1) is { } foreign)
            {
                throw Refusal(foreign, row.ReadId(0));
            }
        }

        return first;
    }

    private static bool IsEmpty(SqliteDataReader row, int column) => row.IsDBNull(column) || row.GetValue(column) is "";

    private static string Shown(SqliteDataReader row, int column)
    {
        string text = new MovieId(row.GetValue(column)).ToString();
        return text.Length > ShownCharacters ? $"'{OneLine(text[..ShownCharacters])}…'" : $"'{OneLine(text)}'";
    }

    private static string OneLine(string text) => string.Concat(text.Select(static letter => char.IsControl(letter) ? ' ' : letter));
}
