using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using PaletteEtl.Palettes;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>The prepared statements over what palettes were made from.</summary>
internal sealed class ProvenanceStatements : IDisposable
{
    private readonly MadeWith _today;
    private readonly SqliteCommand _store;
    private readonly SqliteCommand _note;
    private readonly SqliteCommand _recorded;
    private readonly SqliteCommand _complete;
    private readonly SqliteParameter _id, _palette, _cover, _size, _modified, _etag, _at;

    /// <param name="connection">The connection, outside a transaction: the tables are created unless they are there.</param>
    /// <param name="today">The settings of palettes and columns.</param>
    public ProvenanceStatements(SqliteConnection connection, MadeWith today)
    {
        _today = today;
        long number = ProvenanceTable.Create(connection, today.ToString());
        _store = connection.CreateCommand();
        _store.CommandText =
            $"""
            INSERT OR REPLACE INTO {ProvenanceTable.Name}
                (movie_id, settings, palette_hash, cover_hash, cover_size, cover_mtime, cover_etag, at)
            VALUES ($id, $settings, $palette, $cover, $size, $modified, $etag, $at)
            """;
        _store.Parameters.AddWithValue("$settings", number);
        (_id, _palette, _cover, _size) = (Parameter("$id"), Parameter("$palette"), Parameter("$cover"), Parameter("$size"));
        (_modified, _etag, _at) = (Parameter("$modified"), Parameter("$etag"), Parameter("$at"));
        _note = connection.CreateCommand();
        _note.CommandText =
            $"UPDATE {ProvenanceTable.Name} SET cover_size = $size, cover_mtime = $modified, cover_etag = $etag WHERE movie_id IS $id";
        foreach (string parameter in (ReadOnlySpan<string>)["$size", "$modified", "$etag", "$id"])
        {
            _note.Parameters.Add(new SqliteParameter { ParameterName = parameter });
        }

        _recorded = connection.CreateCommand();
        _recorded.CommandText =
            $"SELECT s.settings FROM {ProvenanceTable.Name} AS p JOIN {ProvenanceTable.SettingsTable} AS s ON s.id = p.settings WHERE p.movie_id IS $id";
        _recorded.Parameters.Add(new SqliteParameter { ParameterName = "$id" });
        _complete = connection.CreateCommand();
        _complete.CommandText =
            $"""
            INSERT INTO {ProvenanceTable.SettingsTable} (settings) VALUES ($settings) ON CONFLICT DO NOTHING;
            UPDATE {ProvenanceTable.Name} SET settings = (SELECT id FROM {ProvenanceTable.SettingsTable} WHERE settings = $settings)
            WHERE movie_id IS $id;
            """;
        _complete.Parameters.Add(new SqliteParameter { ParameterName = "$settings" });
        _complete.Parameters.Add(new SqliteParameter { ParameterName = "$id" });
    }

    /// <summary>Makes the statements part of a transaction.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="now">Its time.</param>
    public void Join(SqliteTransaction transaction, DateTimeOffset now)
    {
        _store.Transaction = _note.Transaction = _recorded.Transaction = _complete.Transaction = transaction;
        _at.Value = now.ToUnixTimeSeconds();
    }

    /// <summary>Stores what a palette was made from.</summary>
    /// <param name="item">The movie and its palette.</param>
    /// <param name="palette">The palette as it is stored.</param>
    public void Store(in Item<Palette> item, string palette)
    {
        if (item.Movie.Id.Stored is not { } id)
        {
            return; // NULL names no movie
        }

        _id.Value = id;
        _palette.Value = StoredPalette.HashOf(palette);
        _cover.Value = item.Content is { } content ? BytesOf(content) : DBNull.Value;
        _size.Value = item.Version?.Size ?? (object)DBNull.Value;
        _modified.Value = item.Version?.Modified?.UtcTicks ?? (object)DBNull.Value;
        _etag.Value = item.Version?.ETag ?? (object)DBNull.Value;
        _store.ExecuteNonQuery();
    }

    /// <summary>Stores another version of a cover whose content is the same.</summary>
    public void Note(MovieId id, CoverVersion version)
    {
        _note.Parameters["$id"].Value = id.Stored ?? DBNull.Value;
        _note.Parameters["$size"].Value = version.Size ?? (object)DBNull.Value;
        _note.Parameters["$modified"].Value = version.Modified?.UtcTicks ?? (object)DBNull.Value;
        _note.Parameters["$etag"].Value = version.ETag ?? (object)DBNull.Value;
        _note.ExecuteNonQuery();
    }

    /// <summary>Stores what the missing columns of a movie were made with, if it is known what its palette was.</summary>
    public void Complete(MovieId id)
    {
        _recorded.Parameters["$id"].Value = id.Stored ?? DBNull.Value;
        if (_recorded.ExecuteScalar() is string recorded)
        {
            _complete.Parameters["$settings"].Value = MadeWith.Parse(recorded).With(_today.Columns).ToString();
            _complete.Parameters["$id"].Value = id.Stored ?? DBNull.Value;
            _complete.ExecuteNonQuery();
        }
    }

    public void Dispose()
    {
        _store.Dispose();
        _note.Dispose();
        _recorded.Dispose();
        _complete.Dispose();
    }

    private static byte[] BytesOf(UInt128 content)
    {
        byte[] bytes = new byte[ContentHash.Bytes];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, content);
        return bytes;
    }

    private SqliteParameter Parameter(string name) => _store.Parameters.Add(new SqliteParameter { ParameterName = name });
}
