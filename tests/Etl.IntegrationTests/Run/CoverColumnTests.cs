namespace Etl.IntegrationTests.Run;

/// <summary>Catalogues that have the locations of their covers in a column.</summary>
public sealed class CoverColumnTests : IDisposable
{
    private const int Movies = 10;

    private readonly TestCatalogue _catalogue = new(Movies);

    /// <summary>Gives covers names that have nothing to do with the ids.</summary>
    public CoverColumnTests()
    {
        _catalogue.Execute("ALTER TABLE movies ADD COLUMN poster TEXT; UPDATE movies SET poster = '/' || (rowid % 3) || '/p' || id || '.jpg'");
        foreach (string cover in Directory.GetFiles(_catalogue.PathOf("covers")))
        {
            string id = Path.GetFileNameWithoutExtension(cover);
            string poster = _catalogue.PathOf("covers") + _catalogue.Text($"SELECT poster FROM movies WHERE id = '{id}'");
            Directory.CreateDirectory(Path.GetDirectoryName(poster)!);
            File.Move(cover, poster);
        }
    }

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task Commands_LocationsInAColumn_FindTheCovers()
    {
        EtlOutput validate = await EtlCommand.RunAsync(["validate", .. Settings]);
        EtlOutput run = await EtlCommand.RunAsync(["run", "--quiet", "--report", _catalogue.PathOf("report.json"), .. Settings]);
        EtlOutput report = await EtlCommand.RunAsync(["report", "--out", _catalogue.PathOf("report.html"), .. Settings]);
        EtlOutput bench = await EtlCommand.RunAsync(["bench", "--json", "--seconds", "0", "--covers", "2", .. Settings]);

        Assert.Equal((0, 3, 0, 0), (validate.ExitCode, run.ExitCode, report.ExitCode, bench.ExitCode));
        Assert.Equal(Movies - 2, _catalogue.Report("report.json")["written"]); // two covers are broken
        Assert.Equal(0, _catalogue.Scalar("SELECT count(*) FROM etl_dead_letters WHERE stage = 'fetch'"));
        Assert.Contains("data:image/webp;base64,", await File.ReadAllTextAsync(_catalogue.PathOf("report.html"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_LocationsThatCannotBeUsed_AreDeadLettersUntilTheyAreCorrected()
    {
        _catalogue.Execute("""
            UPDATE movies SET poster = NULL WHERE rowid = 1;
            UPDATE movies SET poster = '../movies.db' WHERE rowid = 2;
            UPDATE movies SET poster = 'http://127.0.0.1:9/a.jpg' WHERE rowid = 3;
            """);

        await EtlCommand.RunAsync(["run", "--quiet", .. Settings]);
        string reasons = _catalogue.Text("SELECT group_concat(reason, ' ') FROM (SELECT reason FROM etl_dead_letters WHERE stage = 'fetch' ORDER BY reason)");
        _catalogue.Execute("UPDATE movies SET poster = (SELECT poster FROM movies WHERE rowid = 4) WHERE rowid <= 3");
        await EtlCommand.RunAsync(["run", "--quiet", .. Settings]);

        Assert.Equal("forbidden forbidden not_found", reasons);
        Assert.Equal(0, _catalogue.Scalar("SELECT count(*) FROM etl_dead_letters WHERE stage = 'fetch'"));
    }

    private string[] Settings =>
        [.. _catalogue.WholeSettings, "--set", $"Etl:Fetch:Locations:0={_catalogue.PathOf("covers/{cover}")}", "--set", "Etl:Query:CoverColumn=poster"];
}
