using System.Globalization;
using Microsoft.Data.Sqlite;
using PaletteEtl.Columns;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>The table of movies as SQL sees it: quoted names, and the key that addresses a row.</summary>
internal sealed class CatalogueTable
{
    /// <summary>Maximum number of tables that a message names.</summary>
    private const int MaxNames = 5;

    private CatalogueTable(
        QueryOptions options, IReadOnlyList<FilledColumn> filled, IReadOnlyList<string> keys, bool hasRowid, bool hasNulls)
    {
        Name = Quote(options.Table);
        Id = $"t.{Quote(options.IdColumn)}";
        Cover = options.CoverColumn is { } cover ? $"t.{Quote(cover)}" : null;
        Filter = RowFilter.Parse(options.Where) is { Conditions.Count: > 0 } filter ? new FilterSql(filter, Quote) : null;
        Order = RowOrder.Parse(options.OrderBy);
        PaletteColumn = Quote(options.PaletteColumn);
        Filled = filled;
        MissingIndex = Quote(Sqlite.MissingIndex.NameOf(options));

        // SQLite never searches an index for NULL in a NOT NULL column, so that INDEXED BY would leave it without a query plan.
        MissingParts = hasNulls ? [$"{Palette} IS NULL", $"{Palette} = ''"] : [$"{Palette} = ''"];
        Keys = keys;
        HasRowid = hasRowid;
        KeyColumns = string.Join(", ", keys);
        string parameters = string.Join(", ", keys.Select((_, i) => Key(i)));
        (KeyTuple, KeyParameters) = keys.Count == 1 ? (KeyColumns, parameters) : ($"({KeyColumns})", $"({parameters})");
    }

    public string Name { get; }

    /// <summary>The table under the alias that the other parts go by.</summary>
    public string From => $"{Name} AS t";

    public string Id { get; }

    /// <summary>The location of the cover; null when no column has it.</summary>
    public string? Cover { get; }

    /// <summary>The columns that <see cref="SqliteRow.ReadMovie"/> reads.</summary>
    public string MovieColumns => Cover is null ? Id : $"{Id}, {Cover}";

    public string PaletteColumn { get; }

    /// <summary>The columns that are filled in beside the palette.</summary>
    public IReadOnlyList<FilledColumn> Filled { get; }

    /// <summary>The condition that there is a palette, and another column is missing.</summary>
    public string Incomplete => $"(NOT {Missing} AND ({string.Join(" OR ", Filled.Select(static column => column.Missing))}))";

    public string Palette => $"t.{PaletteColumn}";

    /// <summary>The columns that address a row: a name of the rowid, or the primary key of a table WITHOUT ROWID.</summary>
    public IReadOnlyList<string> Keys { get; }

    public bool HasRowid { get; }

    /// <summary>The key columns as a list to select, or to order by.</summary>
    public string KeyColumns { get; }

    /// <summary>The key columns as one value to compare, and their parameters likewise.</summary>
    public string KeyTuple { get; }

    public string KeyParameters { get; }

    /// <summary>The condition of the rows that are movies; null when all are.</summary>
    public FilterSql? Filter { get; }

    /// <summary>The order in which movies without a palette are read; null for that of the row key.</summary>
    public RowOrder? Order { get; }

    /// <summary>The column of the order.</summary>
    public string OrderColumn => $"t.{Quote(Order!.Column)}";

    /// <summary>The condition of work that is left. SQLite's comparison leaves NULL out, so it is named.</summary>
    public string Missing => $"({Palette} IS NULL OR {Palette} = '')";

    /// <summary>The same in parts, in each of which <see cref="Sqlite.MissingIndex"/> holds the rows in the order of the key.</summary>
    public IReadOnlyList<string> MissingParts { get; }

    public bool HasMissingIndex { get; private set; }

    public string MissingIndex { get; }

    /// <summary>The parameter of a key column.</summary>
    public static string Key(int column) => string.Create(CultureInfo.InvariantCulture, $"$key{column}");

    /// <exception cref="CatalogueException">The table or a column is missing, or it is a view.</exception>
    public static CatalogueTable Inspect(SqliteConnection connection, CatalogueOptions catalogue)
    {
        QueryOptions options = catalogue.Query;
        (string type, bool withoutRowid) = TypeOf(connection, options);
        if (type is not "table")
        {
            string what = type is "view" ? "a view" : $"a {type} table";
            throw new CatalogueException(
                $"{options.Table} in {options.Database} is {what}. Set Etl:Query:Table to the ordinary table behind it.");
        }

        List<Column> columns = ColumnsOf(connection, options.Table);
        RequireColumns(columns, options, catalogue.Columns);
        IReadOnlyList<string> keys = withoutRowid
            ?
            [
                .. columns.Where(column => column.KeyPlace > 0)
                    .OrderBy(column => column.KeyPlace)
                    .Select(column => $"t.{Quote(column.Name)}"),
            ]
            : [$"t.{RowidOf(columns, options)}"];
        bool hasNulls = columns.Exists(column => column.IsNamed(options.PaletteColumn) && !column.IsNotNull);
        IReadOnlyList<FilledColumn> filled =
        [
            .. catalogue.Columns.Select(column => new FilledColumn(
                Quote(column.Name), columns.Find(known => known.IsNamed(column.Name)).IsNotNull ? "''" : "NULL", column)),
        ];
        var table = new CatalogueTable(options, filled, keys, !withoutRowid, hasNulls);
        table.HasMissingIndex = Sqlite.MissingIndex.Exists(connection, table);
        return table;
    }

    private static (string Type, bool WithoutRowid) TypeOf(SqliteConnection connection, QueryOptions options)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT type, wr FROM pragma_table_list WHERE schema = 'main' AND name = $name COLLATE NOCASE";
        command.Parameters.AddWithValue("$name", options.Table);
        using SqliteDataReader reader = command.ExecuteReader();
        return reader.Read()
            ? (reader.GetString(0), reader.GetBoolean(1))
            : throw new CatalogueException(MissingTable(connection, options));
    }

    private static string MissingTable(SqliteConnection connection, QueryOptions options)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = """
            SELECT name FROM pragma_table_list
            WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name NOT LIKE 'etl\_%' ESCAPE '\'
            ORDER BY name
            """;
        using SqliteDataReader reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        string others = names.Count > MaxNames ? $"{string.Join(", ", names[..MaxNames])} and {names.Count - MaxNames} more" : string.Join(", ", names);
        return names.Count == 0
            ? $"{options.Database} has no table {options.Table}, nor any other. Set Etl:Query:Database."
            : $"{options.Database} has no table {options.Table}, only {others}. Set Etl:Query:Table.";
    }

    private static List<Column> ColumnsOf(SqliteConnection connection, string table)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT name, pk, hidden, \"notnull\" FROM pragma_table_xinfo($name)";
        command.Parameters.AddWithValue("$name", table);
        using SqliteDataReader reader = command.ExecuteReader();
        var columns = new List<Column>();
        while (reader.Read())
        {
            columns.Add(new Column(
                reader.GetString(0), reader.GetInt32(1), IsGenerated: reader.GetInt32(2) is 2 or 3, reader.GetBoolean(3)));
        }

        return columns;
    }

    private static void RequireColumns(List<Column> columns, QueryOptions options, IReadOnlyList<CoverColumn> filled)
    {
        List<(string Column, string Option)> written =
            [(options.PaletteColumn, "Etl:Query:PaletteColumn"), .. filled.Select(static column => (column.Name, column.Option))];
        List<(string Column, string Option)> wanted = [(options.IdColumn, "Etl:Query:IdColumn"), .. written];
        if (options.CoverColumn is { } cover)
        {
            wanted.Add((cover, "Etl:Query:CoverColumn"));
        }

        if (RowOrder.Parse(options.OrderBy) is { } order)
        {
            wanted.Add((order.Column, "Etl:Query:OrderBy"));
        }

        wanted.AddRange(RowFilter.Parse(options.Where).Conditions
            .Select(static condition => condition.Column)
            .Distinct()
            .Select(static column => (column, "Etl:Query:Where")));
        List<(string Column, string Option)> missing = wanted.FindAll(
            column => !columns.Exists(known => known.IsNamed(column.Column)));
        if (missing.Count > 0)
        {
            string known = string.Join(", ", columns.Select(known => known.Name));
            throw new CatalogueException(
                $"Table {options.Table} in {options.Database} "
                + $"has no column {string.Join(" and no ", missing.Select(column => column.Column))}, only {known}. "
                + $"Set {string.Join(" and ", missing.Select(column => column.Option).Distinct())}.");
        }

        foreach ((string name, string option) in written)
        {
            Column column = columns.Find(column => column.IsNamed(name));
            string? what = column.IsGenerated ? "is generated" : column.KeyPlace > 0 ? "is part of the primary key" : null;
            if (what is not null)
            {
                throw new CatalogueException(
                    $"Column {name} of table {options.Table} in {options.Database} {what}, "
                    + $"so that nothing can be written to it. Set {option}.");
            }
        }
    }

    /// <summary>A name of the rowid that no column has taken.</summary>
    private static string RowidOf(List<Column> columns, QueryOptions options) =>
        Array.Find<string>(
            ["rowid", "_rowid_", "oid"],
            alias => !columns.Exists(column => column.IsNamed(alias)))
        ?? throw new CatalogueException(
            $"Table {options.Table} in {options.Database} has columns named rowid, _rowid_ and oid, so its rows cannot be addressed. Rename one of them.");

    /// <param name="Name">As it was declared.</param>
    /// <param name="KeyPlace">Its place in the primary key, from 1; 0 when it is not part of it.</param>
    /// <param name="IsGenerated">Whether the database computes it.</param>
    /// <param name="IsNotNull">Whether it is NOT NULL.</param>
    private readonly record struct Column(string Name, int KeyPlace, bool IsGenerated, bool IsNotNull)
    {
        public bool IsNamed(string name) => SqliteName.IsSame(Name, name);
    }

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
