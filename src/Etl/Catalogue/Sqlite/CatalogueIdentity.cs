using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>The identity of a catalogue: a random text, stored in its database. A copy of the database has the same.</summary>
internal static class CatalogueIdentity
{
    public const string Table = "etl_catalogue";

    private const int Length = 16;

    /// <summary>The identity; null when the catalogue has none yet.</summary>
    /// <exception cref="CatalogueException">The catalogue cannot be read.</exception>
    public static string? Read(SqliteCatalogue catalogue) => catalogue.Read(static open => Read(open));

    /// <summary>The identity, created if the catalogue has none yet.</summary>
    /// <exception cref="CatalogueException">The catalogue cannot be used.</exception>
    public static string ReadOrCreate(SqliteCatalogue catalogue) => Read(catalogue) ?? catalogue.Write(static open =>
    {
        using SqliteTransaction transaction = open.Connection.BeginTransaction(deferred: false);
        if (Read(open) is not { } identity)
        {
            identity = RandomNumberGenerator.GetHexString(Length, lowercase: true);
            open.Execute($"CREATE TABLE {Table} (id TEXT NOT NULL)");
            open.Execute($"INSERT INTO {Table} (id) VALUES ($id)", ("$id", identity));
        }

        transaction.Commit();
        return identity;
    });

    private static string? Read(OpenCatalogue open)
    {
        using SqliteCommand exists = open.Command($"SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = '{Table}'");
        if ((long)exists.ExecuteScalar()! == 0)
        {
            return null;
        }

        using SqliteCommand command = open.Command($"SELECT id FROM {Table}");
        return command.ExecuteScalar() as string;
    }
}
