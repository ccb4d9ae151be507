using Microsoft.Data.Sqlite;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>The keys of the movies whose palette is missing, in the order of a column. Rows without a value come last, and rows with the same
/// value in the order of their keys.</summary>
/// <remarks>
/// The keys are read page by page into a temporary table, so that no lock on the catalogue lasts longer than a page, and are sorted there
/// once: an order by pages would sort the rows that are left for each page where the column has no index. SQLite keeps a large temporary
/// table in a file.
/// </remarks>
internal sealed class OrderedKeys
{
    /// <summary>The column of a row's place, which begins at 1.</summary>
    public const string Place = "o.rowid";

    private const string Found = "temp.etl_found", Sorted = "temp.etl_sorted";

    private readonly SqliteConnection _connection;
    private readonly CatalogueTable _table;

    private OrderedKeys(SqliteConnection connection, CatalogueTable table) => (_connection, _table) = (connection, table);

    /// <summary>The rows of the table in order; their places are those of the alias <c>o</c>.</summary>
    public string From => $"{Sorted} AS o CROSS JOIN {_table.From} ON {string.Join(" AND ", _table.Keys.Select(static (key, i) => $"{key} = o.k{i}"))}";

    /// <summary>Number of keys.</summary>
    public long Count { get; private set; }

    /// <summary>Reads and sorts the keys.</summary>
    /// <param name="connection">A connection that may write temporary tables.</param>
    /// <param name="table">A table with an order.</param>
    /// <param name="pages">The pages of the table.</param>
    /// <param name="stopping">Ends the reading after a page; the keys are those read by then.</param>
    public static OrderedKeys Read(SqliteConnection connection, CatalogueTable table, CataloguePages pages, CancellationToken stopping)
    {
        var keys = new OrderedKeys(connection, table);
        string columns = string.Join(", ", table.Keys.Select(static (_, i) => $"k{i}"));
        keys.Execute($"CREATE TABLE {Found} (value, {columns})");
        keys.Fill(pages, stopping);
        keys.Execute($"""
            CREATE TABLE {Sorted} AS SELECT {columns} FROM {Found}
            ORDER BY value IS NULL, value {(table.Order!.IsDescending ? "DESC" : "ASC")}, {columns};
            DROP TABLE {Found};
            """);
        return keys;
    }

    private void Fill(CataloguePages pages, CancellationToken stopping)
    {
        using SqliteCommand insert = _connection.CreateCommand();
        SqliteParameter[] parameters = [insert.CreateParameter(), .. _table.Keys.Select(_ => insert.CreateParameter())];
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i].ParameterName = $"${i}";
            insert.Parameters.Add(parameters[i]);
        }

        insert.CommandText = $"INSERT INTO {Found} VALUES ({string.Join(", ", parameters.Select(static parameter => parameter.ParameterName))})";
        foreach (List<(object Value, RowKey Key)> page in pages.ReadMissing<(object, RowKey)>(
            $"{_table.Missing}, {_table.OrderColumn}", join: "", Add, stopping))
        {
            using SqliteTransaction transaction = _connection.BeginTransaction(deferred: true); // which locks the temporary table alone
            insert.Transaction = transaction;
            foreach ((object value, RowKey key) in page)
            {
                parameters[0].Value = value;
                for (int i = 1; i < parameters.Length; i++)
                {
                    parameters[i].Value = key.Values?[i - 1] ?? key.Number;
                }

                insert.ExecuteNonQuery();
            }

            transaction.Commit();
            Count += page.Count;
        }
    }

    private static void Add(SqliteDataReader row, RowKey key, List<(object, RowKey)> page)
    {
        if (row.GetBoolean(0))
        {
            page.Add((row.GetValue(1), key));
        }
    }

    private void Execute(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
