using Microsoft.Data.Sqlite;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>A prepared statement over the row of one movie.</summary>
internal sealed class RowStatement : IDisposable
{
    private readonly SqliteCommand _command;
    private readonly SqliteParameter _id;
    private readonly SqliteParameter[] _keys;

    public RowStatement(SqliteConnection connection, CatalogueTable table, string sql, params ReadOnlySpan<string> parameters)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        _keys = [.. table.Keys.Select((_, i) => _command.Parameters.Add(new SqliteParameter { ParameterName = CatalogueTable.Key(i) }))];
        _id = _command.Parameters.Add(new SqliteParameter { ParameterName = "$id" });
        foreach (string parameter in parameters)
        {
            _command.Parameters.Add(new SqliteParameter { ParameterName = parameter });
        }
    }

    public SqliteTransaction? Transaction
    {
        set => _command.Transaction = value;
    }

    /// <summary>Sets a parameter; null is NULL.</summary>
    public object? this[string parameter]
    {
        set => _command.Parameters[parameter].Value = value ?? DBNull.Value;
    }

    /// <summary>The condition that a row has the key that was read.</summary>
    public static string SameKey(CatalogueTable table) => $"{table.KeyTuple} = {table.KeyParameters}";

    /// <summary>The condition that a row is still the one that was read. VACUUM may give a row another rowid, so the id is
    /// checked too, as bytes: a text need not be valid UTF-8.</summary>
    public static string SameRow(CatalogueTable table) => $"{SameKey(table)} AND CAST({table.Id} AS BLOB) IS CAST($id AS BLOB)";

    /// <summary>The condition that a row is still the one that was read and its palette still missing.</summary>
    public static string StillMissing(CatalogueTable table) => $"{SameRow(table)} AND {table.Missing}";

    /// <summary>The condition that a row is still the one that was read and its palette still there.</summary>
    public static string StillFilled(CatalogueTable table) => $"{SameRow(table)} AND NOT {table.Missing}";

    /// <summary>Runs the statement for a movie; whether a row changed.</summary>
    public bool Execute(Movie movie)
    {
        Bind(movie);
        return _command.ExecuteNonQuery() > 0;
    }

    /// <summary>Runs a query for a movie. Returns the first column of its row, or null when there is none.</summary>
    public object? Scalar(Movie movie)
    {
        Bind(movie);
        return _command.ExecuteScalar();
    }

    /// <summary>Runs a query for a movie. Returns what is read of its row, or nothing when there is none.</summary>
    public T? Read<T>(Movie movie, Func<SqliteDataReader, T?> read)
    {
        Bind(movie);
        using SqliteDataReader row = _command.ExecuteReader();
        return row.Read() ? read(row) : default;
    }

    public void Dispose() => _command.Dispose();

    private void Bind(Movie movie)
    {
        for (int i = 0; i < _keys.Length; i++)
        {
            _keys[i].Value = movie.Key.Values?[i] ?? movie.Key.Number;
        }

        _id.Value = movie.Id.Stored ?? DBNull.Value;
    }

}
