using Microsoft.Data.Sqlite;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>An open catalogue: its connection, its table and the pages of that.</summary>
internal sealed class OpenCatalogue : IDisposable
{
    /// <summary>Takes over an open connection.</summary>
    /// <exception cref="CatalogueException">The table or a column is missing, or it is a view.</exception>
    public OpenCatalogue(SqliteConnection connection, CatalogueOptions options)
    {
        (Connection, Options) = (connection, options);
        try
        {
            Table = CatalogueTable.Inspect(connection, options);
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        Pages = new CataloguePages(connection, Table, options.Query.PageSize);
    }

    public CatalogueOptions Options { get; }

    public SqliteConnection Connection { get; }

    public CatalogueTable Table { get; }

    public CataloguePages Pages { get; }

    /// <summary>A command with its parameters; null is NULL.</summary>
    public SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        SqliteCommand command = Connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object? value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }

    /// <summary>Runs a statement. Returns how many rows it changed.</summary>
    public long Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using SqliteCommand command = Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    public void Dispose() => Connection.Dispose();
}
