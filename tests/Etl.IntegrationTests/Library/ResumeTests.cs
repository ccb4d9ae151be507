using PaletteEtl.Hosting;
using PaletteEtl.Pipeline;

namespace Etl.IntegrationTests.Library;

public sealed class ResumeTests
{
    private static readonly PaletteExtractor Extractor = new();

    private static readonly byte[][] Pictures =
        [Asset.Bytes("baseline.jpg"), Asset.Bytes("progressive.jpg"), Asset.Bytes("rgba.png"), Asset.Bytes("lossy.webp")];

    [Fact]
    public async Task RunAsync_RealCovers_GivesEveryMovieThePaletteOfItsOwnCover()
    {
        using LibraryCatalogue catalogue = New(movies: 200);

        RunReport report = await catalogue.RunAsync();

        Assert.Equal((RunEnding.Completed, 200, 200), (report.Ending, report.Read, report.Written));
        Assert.Equal(Expected(200), catalogue.Query("SELECT id, palette_json FROM movies ORDER BY id"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunAsync_EndedEarlyAgainAndAgain_AddsUpToOneCleanRun(bool abort)
    {
        using LibraryCatalogue catalogue = New(movies: 300);
        catalogue.Settings["Etl:Write:BatchSize"] = "16";
        catalogue.Settings["Etl:Query:PageSize"] = "32";
        long written = 0;
        for (int time = 1; time <= 5; time++)
        {
            using var ending = new CancellationTokenSource(TimeSpan.FromMilliseconds(15 * time));
            RunReport report = await (abort ? catalogue.RunAsync(aborting: ending.Token) : catalogue.RunAsync(draining: ending.Token));
            written += report.Written;
        }

        written += (await catalogue.RunAsync()).Written;

        Assert.Equal(300, written); // none was written twice
        Assert.Equal(Expected(300), catalogue.Query("SELECT id, palette_json FROM movies ORDER BY id"));
    }

    [Fact]
    public async Task RunAsync_SomeCoversAreBroken_SetsThemAsideUntilTheyChange()
    {
        using LibraryCatalogue catalogue = New(movies: 20);
        catalogue.Cover(5, Pictures[0].AsSpan(0, 900));
        catalogue.Cover(6, "<html></html>"u8);
        catalogue.Cover(7, []);
        catalogue.Execute("UPDATE movies SET id = 1000 WHERE id = 8"); // it has no cover

        RunReport first = await catalogue.RunAsync();
        IReadOnlyList<string> letters = catalogue.Query("SELECT movie_id, stage, reason, attempts FROM etl_dead_letters ORDER BY movie_id");
        RunReport second = await catalogue.RunAsync();
        catalogue.Cover(5, Pictures[1]);
        RunReport third = await catalogue.RunAsync();

        Assert.Equal((16, 4, 0), (first.Written, first.DeadLetters, first.Skipped));
        Assert.Equal(
            ["5|decode|truncated|1", "6|decode|unsupported_format|1", "7|fetch|empty|1", "1000|fetch|not_found|1"], letters);
        Assert.Equal((0, 1, 3), (second.Written, second.DeadLetters, second.Skipped));
        Assert.Equal((1, 1, 2), (third.Written, third.DeadLetters, third.Skipped));
        Assert.Equal(
            ["6|1", "7|1", "1000|3"], catalogue.Query("SELECT movie_id, attempts FROM etl_dead_letters ORDER BY movie_id"));
    }

    [Fact]
    public async Task RunAsync_BudgetsHoldOneCoverAtATime_StillSettlesEveryMovie()
    {
        using LibraryCatalogue catalogue = New(movies: 100);
        catalogue.Settings["Etl:Fetch:MaxCoverBytes"] = "4000";
        catalogue.Settings["Etl:Fetch:MemoryBudgetBytes"] = "4000";
        catalogue.Settings["Etl:Decode:MemoryBudgetBytes"] = "60000";

        RunReport report = await catalogue.RunAsync();

        Assert.Equal((100, 100), (report.Read, report.Written));
        Assert.Equal(Expected(100), catalogue.Query("SELECT id, palette_json FROM movies ORDER BY id"));
    }

    private static LibraryCatalogue New(int movies)
    {
        var catalogue = new LibraryCatalogue(movies);
        for (int id = 1; id <= movies; id++)
        {
            catalogue.Cover(id, Pictures[id % Pictures.Length]);
        }

        return catalogue;
    }

    private static IEnumerable<string> Expected(int movies)
    {
        string[] palettes = [.. Pictures.Select(picture => Extractor.Extract(picture).ToJson())];
        return Enumerable.Range(1, movies).Select(id => $"{id}|{palettes[id % palettes.Length]}");
    }
}
