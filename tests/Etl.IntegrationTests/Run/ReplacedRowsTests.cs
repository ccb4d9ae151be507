using System.Text.Json;
using Etl.Host;

namespace Etl.IntegrationTests.Run;

/// <summary>Another program replaces rows while a run has their covers fetched.</summary>
public sealed class ReplacedRowsTests : IDisposable
{
    private const int Movies = 6;

    private readonly TestCatalogue _catalogue = new(Movies);
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose()
    {
        _catalogue.Dispose();
        _output.Dispose();
        _errors.Dispose();
    }

    [Theory]
    [InlineData("delete", "INSERT OR REPLACE INTO movies SELECT * FROM movies")]
    [InlineData("wal", "INSERT OR REPLACE INTO movies SELECT * FROM movies")]
    [InlineData("delete", "DELETE FROM movies WHERE rowid = 1; VACUUM")]
    [InlineData("wal", "UPDATE movies SET palette_json = '[[9, 9, 9]]' WHERE rowid = 1; INSERT OR REPLACE INTO movies SELECT * FROM movies WHERE rowid < 4")]
    public async Task Run_RowsReplacedMeanwhile_FillsThemAll(string journalMode, string replace)
    {
        _catalogue.Execute($"PRAGMA journal_mode = {journalMode}");

        int code = await RunAsync(replace);

        Assert.Equal((0, 0), (code, _catalogue.Missing));
        Dictionary<string, long> totals = _catalogue.Report("report.json");
        Assert.Equal(Movies, totals["written"] + totals["superseded"]);
        Assert.Equal(_catalogue.Scalar("SELECT count(*) FROM movies WHERE palette_json <> '[[9, 9, 9]]'"), totals["written"]);
        Assert.DoesNotContain("still missing", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE movies SET id = 'x' || id WHERE rowid < 3", 2)]
    [InlineData("CREATE TABLE m AS SELECT * FROM movies; DROP TABLE movies; CREATE TABLE movies AS SELECT * FROM m WHERE 0; INSERT INTO movies SELECT * FROM m WHERE rowid > 1; INSERT INTO movies SELECT * FROM m WHERE rowid = 1; INSERT INTO movies SELECT * FROM m WHERE rowid = 1", 1)]
    public async Task Run_RowsAreStillMissing_SaysSoAndEndsWith3(string replace, int missing)
    {
        int code = await RunAsync(replace);

        Assert.Equal(3, code);
        Assert.Equal(missing, _catalogue.Report("report.json")["superseded"]);
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(_catalogue.PathOf("report.json"), TestContext.Current.CancellationToken));
        Assert.Equal(missing, report.RootElement.GetProperty("supersededMissing").GetInt64());
        Assert.Contains($"superseded and still missing: {missing}; ", _output.ToString(), StringComparison.Ordinal);
    }

    /// <summary>A run whose rows are changed once all its covers are asked for.</summary>
    private async Task<int> RunAsync(string change)
    {
        await using SlowCovers server = await SlowCovers.StartAsync(_catalogue.GoodCover(), requests: Movies);
        Task<int> running = Program.RunAsync(
            [
                "run", "--report", _catalogue.PathOf("report.json"), "--progress", "none",
                "--set", $"Etl:Query:Database={_catalogue.PathOf("movies.db")}", "--set", $"Etl:Fetch:Locations:0={server.Location}",
                "--set", "Etl:Write:BatchSize=2",
            ],
            _output,
            _errors);
        await server.Requested;
        _catalogue.Execute(change);
        server.Open();
        return await running.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }
}
