using Microsoft.Data.Sqlite;
using PaletteEtl.Hosting;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>An open catalogue: its connection, its table and the pages of that.</summary>
internal sealed class SqliteCatalogue : IDisposable
{
    private SqliteCatalogue(EtlOptions options, SqliteOpenMode mode, TimeSpan? patience)
    {
        Connection = CatalogueDatabase.Open(options, mode, patience);
        try
        {
            Table = CatalogueTable.Inspect(Connection, options);
        }
        catch
        {
            Connection.Dispose();
            throw;
        }

        Pages = new CataloguePages(Connection, Table, options.Query.PageSize);
    }

    public SqliteConnection Connection { get; }

    public CatalogueTable Table { get; }

    public CataloguePages Pages { get; }

    /// <summary>Opens the catalogue for a piece of work, and closes it.</summary>
    /// <param name="options">Where it is, and how long its locks are waited for.</param>
    /// <param name="mode">Whether the work writes.</param>
    /// <param name="work">The work.</param>
    /// <param name="patience">How long locks are waited for instead.</param>
    /// <exception cref="CatalogueException">It cannot be opened, lacks something, or failed meanwhile.</exception>
    public static T Use<T>(EtlOptions options, SqliteOpenMode mode, Func<SqliteCatalogue, T> work, TimeSpan? patience = null) =>
        CatalogueDatabase.Explaining(options, () =>
        {
            using var catalogue = new SqliteCatalogue(options, mode, patience);
            return work(catalogue);
        });

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
