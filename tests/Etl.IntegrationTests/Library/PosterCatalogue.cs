using Microsoft.Data.Sqlite;

namespace Etl.IntegrationTests.Library;

/// <summary>A catalogue over a folder of pictures: their names are the ids.</summary>
internal sealed class PosterCatalogue : IDisposable
{
    private readonly string _covers;

    public PosterCatalogue(string covers)
    {
        _covers = covers;
        using var connection = new SqliteConnection($"Data Source={PathOf("movies.db")};Pooling=False");
        connection.Open();
        using SqliteTransaction transaction = connection.BeginTransaction();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE movies (id TEXT, palette_json TEXT)";
        command.ExecuteNonQuery();
        command.CommandText = "INSERT INTO movies (id) VALUES ($id)";
        SqliteParameter id = command.Parameters.Add("$id", SqliteType.Text);
        foreach (string path in Directory.EnumerateFiles(covers).Order(StringComparer.Ordinal))
        {
            id.Value = Path.GetFileName(path);
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("etl-posters-").FullName;

    /// <summary>Where the covers are.</summary>
    public string Location => Path.Combine(_covers, "{id}");

    public string PathOf(string name) => Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
