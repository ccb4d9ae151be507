using Microsoft.Data.Sqlite;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>The movies of a catalogue, page by page in the order of the row key.</summary>
/// <remarks>
/// A page bounds the rows looked at, not those found, and is read whole before it is handed on: a read transaction that
/// lasted would keep the writer of a rollback-journal database from committing. For the same reason the filter of the table is a column of
/// the page and not a condition: a page of the few rows that pass would look at many.
/// </remarks>
internal sealed class CataloguePages(SqliteConnection connection, CatalogueTable table, int pageSize, DatabaseMonitor? monitor = null)
{
    /// <summary>Takes from the row at hand, which has this key, what belongs on the page.</summary>
    public delegate void RowReader<T>(SqliteDataReader row, RowKey key, List<T> page);

    /// <summary>Reads every movie once. All pages are the same list, which is reused.</summary>
    /// <param name="columns">The columns to read, numbered from 0.</param>
    /// <param name="join">The join that the columns need; empty for none.</param>
    /// <param name="read">Reads a row.</param>
    /// <param name="stopping">Ends the reading after a page.</param>
    /// <exception cref="CatalogueException">The database failed.</exception>
    public IEnumerable<List<T>> Read<T>(string columns, string join, RowReader<T> read, CancellationToken stopping = default) =>
        ReadWhere("1", columns, $"{table.From} {join}", read, stopping);

    /// <summary>Reads the movie of one row, if it is there.</summary>
    /// <inheritdoc cref="Read"/>
    public List<T> ReadRow<T>(RowKey key, string columns, string join, RowReader<T> read)
    {
        using SqliteCommand command = Select(columns, $"{table.From} {join}", RowStatement.SameKey(table));
        Bind(AddKey(command), key);
        var page = new List<T>();
        ReadPage(command, read, page);
        return page;
    }

    /// <summary>Looks at the rows whose palette is missing, and at others only where <see cref="MissingIndex"/> is not there.
    /// With it those that are NULL come first.</summary>
    /// <remarks>The index is named: by old statistics SQLite might scan the table for a page, and hold its lock as long.</remarks>
    /// <inheritdoc cref="Read"/>
    public IEnumerable<List<T>> ReadMissing<T>(
        string columns, string join, RowReader<T> read, CancellationToken stopping = default) =>
        table.HasMissingIndex
            ? table.MissingParts.SelectMany(
                part => ReadWhere(part, columns, $"{table.From} INDEXED BY {table.MissingIndex} {join}", read, stopping))
            : Read(columns, join, read, stopping);

    /// <summary>Reads the movies of some keys in their order. A movie whose palette is no longer missing is among them, one that is gone is
    /// not.</summary>
    /// <inheritdoc cref="Read"/>
    public IEnumerable<List<T>> ReadInOrder<T>(
        OrderedKeys keys, string columns, string join, RowReader<T> read, CancellationToken stopping = default)
    {
        using SqliteCommand command = Select(columns, $"{keys.From} {join}", $"{OrderedKeys.Place} > $from AND {OrderedKeys.Place} <= $to ORDER BY {OrderedKeys.Place}");
        SqliteParameter from = command.Parameters.AddWithValue("$from", 0L), to = command.Parameters.AddWithValue("$to", 0L);
        var page = new List<T>();
        for (long place = 0; place < keys.Count && !stopping.IsCancellationRequested; place += pageSize)
        {
            (from.Value, to.Value) = (place, place + pageSize);
            ReadPage(command, read, page);
            yield return page;
        }
    }

    /// <summary>Reads the rows of a query.</summary>
    /// <param name="condition">The condition of the rows.</param>
    /// <param name="columns">The columns to read, numbered from 0.</param>
    /// <param name="from">The table, with the joins that columns and condition need.</param>
    /// <param name="read">Reads a row.</param>
    /// <param name="stopping">Ends the reading after a page.</param>
    public IEnumerable<List<T>> ReadWhere<T>(
        string condition, string columns, string from, RowReader<T> read, CancellationToken stopping)
    {
        using SqliteCommand first = Page(columns, from, condition);
        using SqliteCommand next = Page(columns, from, $"{condition} AND {table.KeyTuple} > {table.KeyParameters}");
        SqliteParameter[] keys = AddKey(next);

        var page = new List<T>();
        SqliteCommand command = first;
        while (!stopping.IsCancellationRequested && ReadPage(command, read, page) is { } last)
        {
            yield return page;
            Bind(keys, last);
            command = next;
        }
    }

    private SqliteParameter[] AddKey(SqliteCommand command) =>
        [.. table.Keys.Select((_, i) => command.Parameters.Add(new SqliteParameter { ParameterName = CatalogueTable.Key(i) }))];

    private static void Bind(SqliteParameter[] parameters, RowKey key)
    {
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i].Value = key.Values?[i] ?? key.Number;
        }
    }

    /// <summary>Reads a page into the list. Returns the last key looked at, or null when there was none.</summary>
    private RowKey? ReadPage<T>(SqliteCommand command, RowReader<T> read, List<T> page)
    {
        page.Clear();
        long started = monitor?.Started() ?? 0;
        try
        {
            RowKey? last = ReadRows(command, read, page);
            monitor?.Ended(DatabaseMonitor.Select, started);
            return last;
        }
        catch (SqliteException error)
        {
            monitor?.Ended(DatabaseMonitor.Select, started, error);
            throw CatalogueDatabase.Explained(connection.DataSource, error);
        }
    }

    private RowKey? ReadRows<T>(SqliteCommand command, RowReader<T> read, List<T> page)
    {
        RowKey? last = null;
        using SqliteDataReader row = command.ExecuteReader();
        int first = row.FieldCount - table.Keys.Count;
        while (row.Read())
        {
            RowKey key = row.ReadKey(table, first);
            if (table.Filter is null || row.GetBoolean(first - 1))
            {
                read(row, key, page);
            }

            last = key;
        }

        return last;
    }

    private SqliteCommand Page(string columns, string from, string condition) =>
        Select(columns, from, $"{condition} ORDER BY {table.KeyColumns} LIMIT {pageSize}");

    private SqliteCommand Select(string columns, string from, string condition)
    {
        SqliteCommand command = connection.CreateCommand();
        table.Filter?.AddTo(command);
        string passes = table.Filter is { } filter ? $"({filter.Condition}) IS TRUE, " : "";
        command.CommandText = $"SELECT {columns}, {passes}{table.KeyColumns} FROM {from} WHERE {condition}";
        return command;
    }
}
