using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Etl.IntegrationTests.Run;

/// <summary>A drawn catalogue in a folder of its own: <c>movies.db</c> and <c>covers</c>, two of them broken.</summary>
internal sealed class TestCatalogue : IDisposable
{
    private static readonly string[] Totals = ["read", "written", "deadLetters", "superseded", "skipped", "current", "abandoned"];

    public TestCatalogue(int movies) => DrawnCatalogue.Create(Folder, movies);

    public string Folder { get; } = Directory.CreateTempSubdirectory("etl-run-").FullName;

    /// <summary>The settings of a run on it.</summary>
    public static string[] Settings => ["--set", "Etl:Query:Database=movies.db", "--set", "Etl:Fetch:Locations:0=covers/{id}.jpg"];

    /// <summary>The same for a command of this process.</summary>
    public string[] WholeSettings =>
        ["--set", $"Etl:Query:Database={PathOf("movies.db")}", "--set", $"Etl:Fetch:Locations:0={PathOf("covers/{id}.jpg")}"];

    public string PathOf(string name) => Path.Combine(Folder, name);

    public long Missing => Scalar("SELECT count(*) FROM movies WHERE palette_json IS NULL OR palette_json = ''");

    public long Scalar(string sql) => (long)Value(sql);

    public string Text(string sql) => (string)Value(sql);

    private object Value(string sql)
    {
        using SqliteConnection connection = Connect();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()!;
    }

    public void Execute(string sql)
    {
        using SqliteConnection connection = Connect();
        Execute(connection, sql);
    }

    /// <summary>A connection, as another program has one, after a statement such as one that takes a lock.</summary>
    public SqliteConnection Hold(string sql)
    {
        SqliteConnection connection = Connect();
        Execute(connection, sql);
        return connection;
    }

    /// <summary>The numbers of a report, which have to balance.</summary>
    public Dictionary<string, long> Report(string name)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(PathOf(name)));
        var totals = Totals.ToDictionary(key => key, key => json.RootElement.GetProperty(key).GetInt64());
        Assert.Equal(totals["read"], totals.Values.Sum() - totals["read"]);
        return totals;
    }

    /// <summary>A cover that can be decoded.</summary>
    public byte[] GoodCover() => File.ReadAllBytes(GoodCoverPath);

    /// <summary>Another one, with another palette.</summary>
    public byte[] OtherCover() => File.ReadAllBytes(CoverPaths[^2]);

    /// <summary>The movie of <see cref="GoodCover"/>.</summary>
    public string GoodMovie => Path.GetFileNameWithoutExtension(GoodCoverPath);

    private string GoodCoverPath => CoverPaths[^1];

    /// <summary>The covers, the largest last; the first two are broken.</summary>
    public string[] CoverPaths => [.. Directory.EnumerateFiles(PathOf("covers")).OrderBy(path => new FileInfo(path).Length)];

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={PathOf("movies.db")};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
