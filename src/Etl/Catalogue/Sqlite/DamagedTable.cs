using Microsoft.Data.Sqlite;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>The table of palettes that were made of damaged covers, created in the catalogue's database when the first is written.</summary>
/// <remarks>It has the palette as it was written, so that one that another program has put in its place is known.</remarks>
internal static class DamagedTable
{
    public const string Name = "etl_damaged";

    public static bool Exists(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = '{Name}'";
        return (long)command.ExecuteScalar()! > 0;
    }

    /// <summary>Creates the table unless it is there.</summary>
    public static void Create(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            $"""
            CREATE TABLE IF NOT EXISTS {Name} (
                movie_id PRIMARY KEY,
                message TEXT NOT NULL,
                at TEXT NOT NULL,
                palette TEXT NOT NULL,
                cover_size INTEGER,
                cover_mtime TEXT,
                cover_etag TEXT)
            """;
        command.ExecuteNonQuery();
    }
}
