using System.Globalization;
using System.Text.Json;
using Etl.IntegrationTests.Run;
using Microsoft.Data.Sqlite;

namespace Etl.IntegrationTests.Hostile;

/// <summary>A catalogue of covers of any content, and one run of the real <c>etl</c> over it, so that a crash is an exit
/// code and the peak of memory is that of the run alone.</summary>
internal sealed class HostileRun : IDisposable
{
    /// <summary>The longest time that a decoder may work on one cover, on a busy machine too; a cover that takes longer is a dead letter.</summary>
    public static readonly TimeSpan MostTime = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan PerCover = TimeSpan.FromMilliseconds(100);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("etl-hostile-");
    private int _count;

    /// <summary>Peak memory of the process, in bytes.</summary>
    public long PeakMemory { get; private set; }

    /// <summary>The longest time decode worked on one cover.</summary>
    public TimeSpan Longest { get; private set; }

    public void Add(ReadOnlySpan<byte> cover) => File.WriteAllBytes(
        Path.Combine(_folder.FullName, string.Create(CultureInfo.InvariantCulture, $"{++_count}.cover")), cover);

    /// <summary>The outcomes of all covers, in the order they were added.</summary>
    public async Task<IReadOnlyList<CoverOutcome>> RunAsync(params string[] settings)
    {
        CreateDatabase();
        using EtlProcess process = EtlProcess.Start(
            _folder.FullName,
            [
                "run", "--quiet", "--report", "report.json",
                "--set", "Etl:Query:Database=movies.db", "--set", "Etl:Fetch:Locations:0={id}.cover",
                "--set", $"Etl:Decode:Timeout={MostTime:c}",
                .. settings.SelectMany(setting => new[] { "--set", setting }),
            ]);
        EtlOutput output = await process.EndAsync(TestTimeout + (_count * PerCover));
        Assert.True(output.ExitCode is 0 or 3, $"Exit code {output.ExitCode}: {output.Errors}");
        ReadReport();
        return ReadOutcomes();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void ReadReport()
    {
        using var report = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder.FullName, "report.json")));
        JsonElement root = report.RootElement;
        Assert.Equal(
            (_count, _count),
            (root.GetProperty("read").GetInt32(), root.GetProperty("written").GetInt32() + root.GetProperty("deadLetters").GetInt32()));
        PeakMemory = root.GetProperty("peakMemoryBytes").GetInt64();
        JsonElement decode = root.GetProperty("stages").EnumerateArray().Single(stage => stage.GetProperty("name").GetString() == "decode");
        Longest = TimeSpan.FromSeconds(decode.GetProperty("longestSeconds").GetDouble());
    }

    private void CreateDatabase()
    {
        using SqliteConnection connection = Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            CREATE TABLE movies (id INTEGER PRIMARY KEY, palette_json TEXT);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {_count}) INSERT INTO movies (id) SELECT i FROM n;
            """);
        command.ExecuteNonQuery();
    }

    private List<CoverOutcome> ReadOutcomes()
    {
        using SqliteConnection connection = Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            "SELECT palette_json, reason, message FROM movies LEFT JOIN etl_dead_letters ON CAST(movie_id AS INTEGER) = id ORDER BY id";
        using SqliteDataReader reader = command.ExecuteReader();
        var outcomes = new List<CoverOutcome>();
        while (reader.Read())
        {
            outcomes.Add(new CoverOutcome(reader[0] as string, reader[1] as string, reader[2] as string));
        }

        return outcomes;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.FullName, "movies.db")};Pooling=False");
        connection.Open();
        return connection;
    }
}
