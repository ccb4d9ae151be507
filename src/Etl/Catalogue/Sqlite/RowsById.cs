using Microsoft.Data.Sqlite;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>Finds rows by id, for movies whose row key is no longer theirs: <c>INSERT OR REPLACE</c> and <c>VACUUM</c> give a row
/// another one.</summary>
/// <remarks>The id may have no index, so all ids are looked up by one query, which reads the table no more than once.</remarks>
internal sealed class RowsById(SqliteConnection connection, CatalogueTable table)
{
    private const string Wanted = "temp.etl_wanted";

    /// <summary>The rows of each id. An id counts with its stored type.</summary>
    public Dictionary<MovieId, RowsOfId> Find(IEnumerable<MovieId> ids, SqliteTransaction? transaction = null)
    {
        var found = new Dictionary<MovieId, RowsOfId>();
        foreach (MovieId id in ids)
        {
            found[id] = default;
        }

        Want(found.Keys, transaction);

        // By BINARY, because a collation of the column may not be known here. The column's affinity may match more rows than the exact
        // ones. NULL, which no IN finds, would keep SQLite from using an index.
        string orNull = found.ContainsKey(default) ? $"OR {table.Id} IS NULL" : "";
        using SqliteCommand command = Command(
            $"""
            SELECT {table.Missing}, {table.Id}, {table.KeyColumns} FROM {table.From}
            WHERE ({table.Id} COLLATE BINARY IN (SELECT id FROM {Wanted}) {orNull}) AND {table.Filter?.Condition ?? "1"}
            """,
            transaction);
        table.Filter?.AddTo(command);
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            MovieId id = row.ReadId(1);
            if (found.TryGetValue(id, out RowsOfId rows))
            {
                found[id] = rows.With(row.GetBoolean(0), row.ReadKey(table));
            }
        }

        return found;
    }

    private void Want(IEnumerable<MovieId> ids, SqliteTransaction? transaction)
    {
        using (SqliteCommand clear = Command($"CREATE TABLE IF NOT EXISTS {Wanted} (id); DELETE FROM {Wanted}", transaction))
        {
            clear.ExecuteNonQuery();
        }

        // A text that is not valid UTF-8 has been read as bytes.
        using SqliteCommand insert = Command(
            $"INSERT INTO {Wanted} SELECT $id UNION ALL SELECT CAST($id AS TEXT) WHERE typeof($id) = 'blob'", transaction);
        SqliteParameter wanted = insert.Parameters.Add(new SqliteParameter { ParameterName = "$id" });
        foreach (MovieId id in ids)
        {
            wanted.Value = id.Stored ?? DBNull.Value;
            insert.ExecuteNonQuery();
        }
    }

    private SqliteCommand Command(string sql, SqliteTransaction? transaction)
    {
        SqliteCommand command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        return command;
    }
}
