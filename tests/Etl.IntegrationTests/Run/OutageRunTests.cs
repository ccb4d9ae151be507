namespace Etl.IntegrationTests.Run;

/// <summary>Runs whose only folder of covers is away.</summary>
public sealed class OutageRunTests : IDisposable
{
    private static readonly string[] Waits = [.. TestCatalogue.Settings, "--set", "Etl:Fetch:WaitAtStart=true"];

    private readonly TestCatalogue _catalogue = new(movies: 40);

    public OutageRunTests() => Directory.Move(_catalogue.PathOf("covers"), _catalogue.PathOf("away"));

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task Run_FolderComesBack_GoesOnWithoutDeadLettersOfTheOutage()
    {
        using EtlProcess run = EtlProcess.Start(_catalogue.Folder, ["run", .. Waits, "--report", "report.json"]);
        await run.Logged("Reading pauses");

        Directory.Move(_catalogue.PathOf("away"), _catalogue.PathOf("covers"));
        EtlOutput ended = await run.EndAsync();

        Assert.Equal(3, ended.ExitCode);
        Dictionary<string, long> totals = _catalogue.Report("report.json");
        Assert.Equal((40, 38, 2), (totals["read"], totals["written"], totals["deadLetters"])); // the two that are broken
        Assert.Contains("Covers can be read again", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_FolderStaysAway_GivesUpWithALineAndChangesNothing()
    {
        EtlOutput run = await EtlProcess.RunAsync(
            _catalogue.Folder, ["run", .. Waits, "--report", "report.json", "--set", "Etl:Fetch:OutageTimeout=00:00:02"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            $"etl: No cover could be read for 0:00:02: the folder {_catalogue.PathOf("covers")} does not exist. Fix: ", run.Errors, StringComparison.Ordinal);
        Dictionary<string, long> totals = _catalogue.Report("report.json");
        Assert.Equal((totals["read"], 0), (totals["abandoned"], totals["deadLetters"]));
        Assert.Equal(40, _catalogue.Missing);
    }

    [Fact]
    public async Task Run_FolderIsAwayAtTheStart_EndsAtOnceWithALineAndChangesNothing()
    {
        EtlOutput run = await EtlCommand.RunAsync(["run", .. _catalogue.WholeSettings, "--report", _catalogue.PathOf("report.json")]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            $"etl: No cover can be read: the folder {_catalogue.PathOf("covers")} does not exist. Fix: correct Etl:Fetch:Locations, ", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Reading pauses", run.Errors, StringComparison.Ordinal);
        Assert.Contains("An outage limits this run: ", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, _catalogue.Report("report.json")["deadLetters"]);
        Assert.Equal(40, _catalogue.Missing);
    }

    [Fact]
    public async Task Run_FolderIsAwayAndNothingIsMissing_IsDone()
    {
        _catalogue.Execute("DELETE FROM movies");

        EtlOutput run = await EtlCommand.RunAsync(["run", .. _catalogue.WholeSettings]);

        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task Run_SignalDuringTheOutage_EndsAtOnce()
    {
        using EtlProcess run = EtlProcess.Start(_catalogue.Folder, ["run", .. Waits, "--report", "report.json"]);
        await run.Logged("Reading pauses");

        run.Signal(EtlProcess.Interrupt);
        EtlOutput ended = await run.EndAsync();

        Assert.Equal(130, ended.ExitCode);
        Assert.Equal(0, _catalogue.Report("report.json")["deadLetters"]);
        Assert.DoesNotContain("Aborting", ended.Errors, StringComparison.Ordinal);
    }
}
