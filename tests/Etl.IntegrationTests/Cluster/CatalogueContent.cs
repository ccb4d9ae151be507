using Microsoft.Data.Sqlite;

namespace Etl.IntegrationTests.Cluster;

/// <summary>A catalogue's content, however it got there: the bytes of its file once it is written anew, without the tables of Etl and the
/// header's counters of changes, its dead letters, and what its palettes were made from.</summary>
internal sealed record CatalogueContent(byte[] File, string DeadLetters, string Provenance)
{
    /// <summary>Where the header has its counters: of changes, of changes of the schema, and of changes at the last write.</summary>
    private static readonly int[] Counters = [24, 40, 92];

    public static CatalogueContent Of(string database)
    {
        string copy = database + ".content";
        System.IO.File.Delete(copy);
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        string deadLetters = Read(
            connection,
            "SELECT group_concat(quote(movie_id) || stage || reason || message || attempts || quote(cover_size) || quote(cover_mtime), x'0A') "
            + "FROM (SELECT * FROM etl_dead_letters ORDER BY movie_id)");
        string provenance = Read(
            connection,
            "SELECT group_concat(quote(movie_id) || s.settings || palette_hash || quote(cover_hash) || quote(cover_size) || quote(cover_mtime), x'0A') "
            + "FROM (SELECT * FROM etl_provenance ORDER BY movie_id) AS p JOIN etl_settings AS s ON s.id = p.settings");
        Execute(connection, "VACUUM INTO $copy", copy);
        using (var written = new SqliteConnection($"Data Source={copy};Pooling=False"))
        {
            written.Open();
            Execute(written, "DROP TABLE etl_dead_letters; DROP TABLE IF EXISTS etl_damaged; DROP TABLE IF EXISTS etl_catalogue; DROP TABLE etl_provenance; DROP TABLE etl_settings; VACUUM", copy);
        }

        try
        {
            byte[] file = System.IO.File.ReadAllBytes(copy);
            foreach (int counter in Counters)
            {
                file.AsSpan(counter, sizeof(int)).Clear();
            }

            return new CatalogueContent(file, deadLetters, provenance);
        }
        finally
        {
            System.IO.File.Delete(copy);
        }
    }

    public static void AssertEqual(string expected, string actual)
    {
        (CatalogueContent local, CatalogueContent remote) = (Of(expected), Of(actual));
        Assert.Equal(local.DeadLetters, remote.DeadLetters);
        Assert.Equal(local.Provenance, remote.Provenance);
        Assert.Equal(local.File, remote.File);
    }

    private static string Read(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as string ?? "";
    }

    private static void Execute(SqliteConnection connection, string sql, string copy)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$copy", copy);
        command.ExecuteNonQuery();
    }
}
