using Microsoft.Data.Sqlite;
using PaletteEtl.Palettes;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>The prepared statements over palettes that were made of damaged covers.</summary>
internal sealed class DamagedStatements : IDisposable
{
    private static readonly string[] Columns = ["$id", "$message", "$at", "$palette", "$size", "$mtime", "$etag"];

    private readonly SqliteCommand _store;
    private readonly SqliteCommand _remove;

    public DamagedStatements(SqliteConnection connection)
    {
        _store = connection.CreateCommand();
        _store.CommandText =
            $"""
            INSERT OR REPLACE INTO {DamagedTable.Name} (movie_id, message, at, palette, cover_size, cover_mtime, cover_etag)
            VALUES ({string.Join(", ", Columns)})
            """;
        foreach (string column in Columns)
        {
            _store.Parameters.Add(new SqliteParameter { ParameterName = column });
        }

        _remove = connection.CreateCommand();
        _remove.CommandText = $"DELETE FROM {DamagedTable.Name} WHERE movie_id IS $id";
        _remove.Parameters.Add(new SqliteParameter { ParameterName = "$id" });
    }

    /// <summary>Makes the statements part of a transaction.</summary>
    public void Join(SqliteTransaction transaction) => _store.Transaction = _remove.Transaction = transaction;

    /// <summary>Stores the damage of the cover that a palette was made of.</summary>
    public void Store(in Item<Palette> item, string now)
    {
        Set("$id", item.Movie.Id.Stored);
        Set("$message", item.Damage);
        Set("$at", now);
        Set("$palette", item.Value.ToJson());
        Set("$size", item.Version?.Size);
        Set("$mtime", item.Version?.Modified is { } modified ? CatalogueTime.Format(modified) : null);
        Set("$etag", item.Version?.ETag);
        _store.ExecuteNonQuery();
    }

    /// <summary>Removes a movie's row: it has another palette, or none.</summary>
    public void Remove(MovieId id)
    {
        _remove.Parameters[0].Value = id.Stored ?? DBNull.Value;
        _remove.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _store.Dispose();
        _remove.Dispose();
    }

    private void Set(string column, object? value) => _store.Parameters[column].Value = value ?? DBNull.Value;
}
