using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Etl.IntegrationTests.Run;

/// <summary>A database and a configuration, recorded before the library was redesigned, work as they are.</summary>
/// <remarks>Of its six movies two have a palette, one of them of a damaged cover, three are dead letters, and one is new.</remarks>
public sealed class RecordedReleaseTests : IDisposable
{
    private static readonly DateTime Modified = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("etl-recorded-");

    public RecordedReleaseTests()
    {
        foreach (string file in (string[])["movies.db", "etl.json"])
        {
            File.Copy(Asset.PathOf($"Recorded/{file}"), PathOf(file));
        }

        byte[] jpeg = Asset.Bytes("baseline.jpg"), png = Asset.Bytes("palette.png");
        _folder.CreateSubdirectory("covers");
        Write("a", jpeg);
        Write("b", png[..^12]); // without its end
        Write("d", jpeg[..(jpeg.Length / 2)]);
        Write("e", "hello"u8.ToArray());
        Write("f", Asset.Bytes("lossless.webp"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Run_RecordedCatalogue_SkipsUnchangedCoversRetriesTheMissingOneAndFillsInTheNewOne()
    {
        List<string> before = Rows("SELECT id, palette_json FROM movies WHERE palette_json <> ''");
        List<string> failed = Rows("SELECT * FROM etl_dead_letters WHERE movie_id <> 'c'");

        EtlOutput run = await RunAsync("run", "--report", PathOf("report.json"));

        Assert.Equal(3, run.ExitCode);
        string report = await File.ReadAllTextAsync(PathOf("report.json"), TestContext.Current.CancellationToken);
        Assert.Equal([4, 1, 1, 2], Numbers(report, "read", "written", "deadLetters", "skipped"));
        Assert.Equal(before, Rows("SELECT id, palette_json FROM movies WHERE palette_json <> '' AND id <> 'f'"));
        Assert.Equal(failed, Rows("SELECT * FROM etl_dead_letters WHERE movie_id <> 'c'"));
        Assert.Equal(["c, not_found, 2"], Rows("SELECT movie_id, reason, attempts FROM etl_dead_letters WHERE movie_id = 'c'"));
    }

    [Fact]
    public async Task Run_RecordedPalettes_AreNeitherStaleNorOursUntilAdopted()
    {
        string[] fourColors = ["--set", "Etl:Quantize:ColorCount=4"];
        List<string> before = Rows("SELECT id, palette_json FROM movies WHERE palette_json <> ''");

        EtlOutput stale = await RunAsync(["status", "--stale", "all", "--json", .. fourColors]);
        await RunAsync(["run", "--stale", "all", "--report", PathOf("report.json"), .. fourColors]);
        List<string> after = Rows("SELECT id, palette_json FROM movies WHERE palette_json <> '' AND id <> 'f'");
        await RunAsync(["run", "--stale", "all", "--adopt", "--report", PathOf("adopted.json"), .. fourColors]);

        Assert.Equal([0, 0], Numbers(stale.Output, "staleSettings", "staleCovers"));
        Assert.Equal(before, after);
        string adopted = await File.ReadAllTextAsync(PathOf("adopted.json"), TestContext.Current.CancellationToken);
        Assert.Equal([2, 1], Numbers(adopted, "written", "current")); // a and b; f is of the run before
        Assert.Equal(3, Rows("SELECT movie_id FROM etl_provenance").Count);
    }

    /// <summary>Versions before look at these tables alone; what they do not know is beside them.</summary>
    [Fact]
    public async Task Run_RecordedCatalogue_KeepsItsTablesAsEarlierVersionsReadThem()
    {
        List<string> before = Rows("SELECT name, sql FROM sqlite_schema ORDER BY name");

        await RunAsync("run");

        Assert.Equal(before, Rows("SELECT name, sql FROM sqlite_schema WHERE tbl_name NOT IN ('etl_provenance', 'etl_settings') ORDER BY name"));
        Assert.Equal(2, Rows("SELECT name FROM sqlite_schema WHERE name IN ('etl_provenance', 'etl_settings')").Count);
    }

    [Fact]
    public async Task Status_RecordedCatalogue_CountsWhatItHolds()
    {
        EtlOutput status = await RunAsync("status", "--json");

        Assert.Equal([6, 4, 2, 3, 1], Numbers(status.Output, "movies", "missing", "done", "deadLetters", "damaged"));
    }

    [Fact]
    public async Task Retry_RecordedDamage_EmptiesThePaletteOfTheDamagedCover()
    {
        EtlOutput retried = await RunAsync("dead-letters", "--damaged", "--retry", "--json");

        Assert.Equal((0, """{"emptied":1}"""), (retried.ExitCode, retried.Output.Trim()));
        Assert.Equal(["b"], Rows("SELECT id FROM movies WHERE palette_json = '' AND id IN ('a', 'b')"));
    }

    [Fact]
    public async Task Validate_RecordedConfiguration_IsAccepted()
    {
        EtlOutput validated = await RunAsync("validate");

        Assert.Equal((0, ""), (validated.ExitCode, validated.Errors));
    }

    private Task<EtlOutput> RunAsync(params string[] arguments) => EtlCommand.RunAsync([.. arguments, "--config", PathOf("etl.json")]);

    private static IEnumerable<long> Numbers(string json, params string[] names)
    {
        using var document = JsonDocument.Parse(json);
        return [.. names.Select(name => document.RootElement.GetProperty(name).GetInt64())];
    }

    private string PathOf(string file) => Path.Combine(_folder.FullName, file);

    private void Write(string cover, byte[] bytes)
    {
        string path = PathOf(Path.Combine("covers", cover));
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, Modified);
    }

    private List<string> Rows(string query)
    {
        using var connection = new SqliteConnection($"Data Source={PathOf("movies.db")};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = query;
        using SqliteDataReader row = command.ExecuteReader();
        var rows = new List<string>();
        while (row.Read())
        {
            object[] values = new object[row.FieldCount];
            row.GetValues(values);
            rows.Add(string.Join(", ", values));
        }

        return rows;
    }
}
