using Microsoft.Data.Sqlite;

namespace Etl.IntegrationTests.Demo;

/// <summary>The setup of tests that draw catalogues: folders for them, and their content.</summary>
public abstract class DemoTest : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("etl-demo-").FullName;

    public void Dispose()
    {
        Directory.Delete(_root, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected string Folder(string name) => Path.Combine(_root, name);

    private protected string Database(string folder) => Path.Combine(Folder(folder), "movies.db");

    private protected string Cover(string folder, string name) => Path.Combine(Folder(folder), "covers", name);

    private protected string[] Covers(string folder)
    {
        var covers = new DirectoryInfo(Path.Combine(Folder(folder), "covers"));
        return [.. covers.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal)];
    }

    /// <summary>The rows of a statement, their values parted by bars.</summary>
    private protected List<string> Query(string folder, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database(folder)};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)));
        }

        return rows;
    }
}
