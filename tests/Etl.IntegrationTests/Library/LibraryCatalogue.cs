using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PaletteEtl.Hosting;
using PaletteEtl.Pipeline;

namespace Etl.IntegrationTests.Library;

/// <summary>A real catalogue with real covers in a folder of its own, run by the library as another program would.</summary>
internal sealed class LibraryCatalogue : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("etl-library-");

    public LibraryCatalogue(int movies)
    {
        Execute("CREATE TABLE movies (id INTEGER, palette_json TEXT)");
        Execute(string.Create(
            CultureInfo.InvariantCulture,
            $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {movies}) INSERT INTO movies (id) SELECT i FROM n"));
    }

    public Dictionary<string, string?> Settings { get; } = [];

    /// <summary>Gives a movie its cover.</summary>
    public void Cover(int id, ReadOnlySpan<byte> bytes) =>
        File.WriteAllBytes(Path.Combine(_folder.FullName, string.Create(CultureInfo.InvariantCulture, $"{id:D7}.jpg")), bytes);

    /// <summary>The settings, with database and covers.</summary>
    public IConfiguration Configuration => new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>(Settings)
        {
            ["Etl:Query:Database"] = Database,
            ["Etl:Fetch:Locations:0"] = Path.Combine(_folder.FullName, "{id:D7}.jpg"),
        })
        .Build();

    /// <summary>One run of a pipeline of its own.</summary>
    public async Task<RunReport> RunAsync(CancellationToken draining = default, CancellationToken aborting = default)
    {
        await using ServiceProvider services = new ServiceCollection().AddEtl(Configuration).BuildServiceProvider();
        RunReport report = await services.GetRequiredService<EtlPipeline>()
            .RunAsync(draining, aborting).WaitAsync(TestTimeout, CancellationToken.None);
        Assert.Equal(
            report.Read, report.Written + report.DeadLetters + report.Superseded + report.Skipped + report.Abandoned);
        return report;
    }

    public void Execute(string sql)
    {
        using SqliteConnection connection = Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The rows of a query, a text each, with bars between the columns.</summary>
    public IReadOnlyList<string> Query(string sql)
    {
        using SqliteConnection connection = Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(
                i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
        }

        return rows;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Database => Path.Combine(_folder.FullName, "movies.db");

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        return connection;
    }
}
