using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using PaletteEtl.Palettes;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>The prepared statement that stores what a palette was made from.</summary>
internal sealed class ProvenanceStatements : IDisposable
{
    private readonly SqliteCommand _store;
    private readonly SqliteParameter _id, _palette, _cover, _size, _modified, _etag, _at;

    /// <param name="connection">The connection, outside a transaction: the tables are created unless they are there.</param>
    /// <param name="settings">The settings that palettes are made with.</param>
    public ProvenanceStatements(SqliteConnection connection, string settings)
    {
        long number = ProvenanceTable.Create(connection, settings);
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
    }

    /// <summary>Makes the statement part of a transaction.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="now">Its time.</param>
    public void Join(SqliteTransaction transaction, DateTimeOffset now)
    {
        _store.Transaction = transaction;
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

    public void Dispose() => _store.Dispose();

    private static byte[] BytesOf(UInt128 content)
    {
        byte[] bytes = new byte[ContentHash.Bytes];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, content);
        return bytes;
    }

    private SqliteParameter Parameter(string name) => _store.Parameters.Add(new SqliteParameter { ParameterName = name });
}
