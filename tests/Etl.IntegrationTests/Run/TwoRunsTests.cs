namespace Etl.IntegrationTests.Run;

/// <summary>Two processes that have read the same movies before either has written one.</summary>
public sealed class TwoRunsTests : IDisposable
{
    private const int Movies = 12;

    private readonly TestCatalogue _catalogue = new(Movies);

    public void Dispose() => _catalogue.Dispose();

    [Theory]
    [InlineData("delete")]
    [InlineData("wal")]
    public async Task Run_TwoAtOnce_WriteEachMovieOnceBetweenThem(string journalMode)
    {
        _catalogue.Execute($"PRAGMA journal_mode = {journalMode}");
        _catalogue.Execute("""
            CREATE TABLE writes (id);
            CREATE TRIGGER count_writes AFTER UPDATE ON movies BEGIN INSERT INTO writes VALUES (new.id); END
            """);
        await using SlowCovers server = await SlowCovers.StartAsync(_catalogue.GoodCover(), requests: 2 * Movies);
        using EtlProcess first = Start(server, "first.json");
        using EtlProcess second = Start(server, "second.json");
        await server.Requested;

        server.Open();
        EtlOutput[] ended = [await first.EndAsync(), await second.EndAsync()];

        Assert.All(ended, output => Assert.True(output.ExitCode == 0, $"{output.ExitCode}: {output.Errors}"));
        Dictionary<string, long>[] totals = [_catalogue.Report("first.json"), _catalogue.Report("second.json")];
        Assert.Equal([Movies, Movies], totals.Select(total => total["read"]));
        Assert.Equal((Movies, Movies), (totals.Sum(total => total["written"]), totals.Sum(total => total["superseded"])));
        Assert.Equal(0, _catalogue.Missing);
        Assert.Equal(Movies, _catalogue.Scalar("SELECT count(*) FROM writes"));
        Assert.Equal(Movies, _catalogue.Scalar("SELECT count(DISTINCT id) FROM writes"));
    }

    private EtlProcess Start(SlowCovers server, string report) => EtlProcess.Start(
        _catalogue.Folder,
        "run", "--report", report,
        "--set", "Etl:Query:Database=movies.db", "--set", $"Etl:Fetch:Locations:0={server.Location}",
        "--set", $"Etl:Fetch:DegreeOfParallelism={Movies}", "--set", "Etl:Write:BatchSize=3");
}
