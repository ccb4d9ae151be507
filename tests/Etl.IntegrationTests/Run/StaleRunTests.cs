using System.IO.Hashing;
using Microsoft.AspNetCore.Http;

namespace Etl.IntegrationTests.Run;

/// <summary>Palettes that are made again because their cover or the settings have changed.</summary>
public sealed class StaleRunTests : IDisposable
{
    private readonly TestCatalogue _catalogue = new(StaleStory.Movies);

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task Run_StaleInAFolder_MakesExactlyThoseAgain() =>
        await Story(Folder).TellAsync(arguments => KillMidwayAsync(Folder, arguments));

    [Fact]
    public async Task Run_StaleOnAServer_ReadsNoBodyOfCoversThatHaveNotChanged()
    {
        int bodies = 0;
        await using CoverServer server = await CoverServer.StartAsync(context => AnswerAsync(context, () => Interlocked.Increment(ref bodies)));
        string[] location = ["--set", $"Etl:Fetch:Locations:0={server.Url}/{{id}}.jpg"];

        await Story(location).TellAsync(arguments => KillMidwayAsync(location, arguments));
        bodies = 0;
        EtlOutput last = await RunAsync(location, ["--stale", "covers", "--set", "Etl:Quantize:ColorCount=4"]);

        Assert.Equal(3, last.ExitCode); // two covers are broken
        Assert.Equal(0, bodies);
        Assert.Equal(StaleStory.Movies - 4, _catalogue.Report("report.json")["current"]);
    }

    [Fact]
    public async Task Run_NewCoverIsBroken_KeepsThePaletteAndSaysSo()
    {
        string id = _catalogue.GoodMovie;
        string cover = _catalogue.PathOf($"covers/{id}.jpg");
        await RunAsync(Folder, []);
        string palette = _catalogue.Text($"SELECT palette_json FROM movies WHERE id = '{id}'");
        await File.WriteAllTextAsync(cover, "<html>Not found</html>", TestContext.Current.CancellationToken);

        EtlOutput run = await RunAsync(Folder, ["--stale", "covers"]);
        Dictionary<string, long> totals = _catalogue.Report("report.json");
        EtlOutput next = await RunAsync(Folder, ["--stale", "covers"]);

        Assert.Equal((3, 3), (run.ExitCode, next.ExitCode));
        Assert.Equal((1, StaleStory.Movies - 3, 2), (totals["deadLetters"], totals["current"], totals["skipped"]));
        Assert.Equal((0, 3), (_catalogue.Report("report.json")["deadLetters"], _catalogue.Report("report.json")["skipped"]));
        Assert.Equal(palette, _catalogue.Text($"SELECT palette_json FROM movies WHERE id = '{id}'"));
        Assert.Equal("unsupported_format", _catalogue.Text($"SELECT reason FROM etl_dead_letters WHERE movie_id = '{id}'"));
    }

    [Theory]
    [InlineData("covers", false)]
    [InlineData("settings", true)]
    public async Task Run_PalettesOfAnEarlierVersion_AreMadeAgainIfAdopted(string kind, bool adopt)
    {
        await RunAsync(Folder, ["--set", "Etl:Write:Provenance=false"]);

        EtlOutput run = await RunAsync(
            Folder, ["--stale", kind, .. adopt ? ["--adopt"] : Array.Empty<string>()]);

        Assert.Equal(adopt ? StaleStory.Movies - 2 : 0, _catalogue.Report("report.json")["written"]);
        Assert.Equal(!adopt, run.Errors.Contains(
            "WRN No palette of movies is known to be from etl, so none is stale. With --adopt all of them are made again.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_AdoptAlone_IsRefused()
    {
        EtlOutput refused = await RunAsync(Folder, ["--adopt"]);

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("Etl:Query:Adopt (--adopt) has no effect without Etl:Query:Refresh (--stale)", refused.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run --stale", "Required argument missing for option: '--stale'.")]
    [InlineData("run --stale none", "--stale takes settings, covers or all, not 'none'.")]
    [InlineData("status --stale 3", "--stale takes settings, covers or all, not '3'.")]
    public async Task Command_UnknownKindOfStale_IsRefused(string command, string problem)
    {
        EtlOutput refused = await EtlCommand.RunAsync(command.Split(' '));

        Assert.Equal(2, refused.ExitCode);
        Assert.StartsWith(problem, refused.Errors, StringComparison.Ordinal);
    }

    private StaleStory Story(string[] location) => new(
        _catalogue, arguments => RunAsync(location, arguments), location);

    private string[] Database => _catalogue.WholeSettings[..2];

    /// <summary>The location of the covers in their folder.</summary>
    private string[] Folder => _catalogue.WholeSettings[2..];

    private Task<EtlOutput> RunAsync(string[] location, string[] arguments) => EtlCommand.RunAsync(
        ["run", "--progress", "log", "--report", _catalogue.PathOf("report.json"), .. Database, .. location, .. arguments]);

    /// <summary>Kills a run, which writes each palette by itself, as soon as one is written.</summary>
    private async Task KillMidwayAsync(string[] location, string[] arguments)
    {
        long before = Replaced();
        using EtlProcess process = EtlProcess.Start(_catalogue.Folder, [
            "run", "--quiet", "--set", "Etl:Write:BatchSize=1", .. Database, .. location, .. arguments]);
        await Eventually.Holds(() => process.HasEnded || Replaced() != before);
        process.Kill();
        await process.EndAsync();
    }

    private long Replaced() => _catalogue.Scalar("SELECT count(DISTINCT cover_hash) FROM etl_provenance");

    /// <summary>A cover, whose entity tag is of its content and its time.</summary>
    private async Task AnswerAsync(HttpContext context, Action bodySent)
    {
        string file = _catalogue.PathOf("covers" + context.Request.Path.Value);
        byte[] cover = await File.ReadAllBytesAsync(file, context.RequestAborted);
        string tag = $"\"{XxHash64.HashToUInt64(cover):x}-{File.GetLastWriteTimeUtc(file).Ticks:x}\"";
        context.Response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch == tag)
        {
            context.Response.StatusCode = 304;
            return;
        }

        bodySent();
        await context.Response.Body.WriteAsync(cover, context.RequestAborted);
    }
}
