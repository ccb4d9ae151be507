using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Recovery;

/// <summary>Covers that bring down the process that decodes them.</summary>
public sealed class PoisonTests : IDisposable
{
    private const int Movies = 30, Broken = 2;

    private readonly TestCatalogue _catalogue = new(Movies);
    private readonly string _cover;

    public PoisonTests() =>
        _cover = Directory.EnumerateFiles(_catalogue.PathOf("covers")).OrderByDescending(path => new FileInfo(path).Length).First();

    private string CrashLog => _catalogue.PathOf("movies.db-decoding");

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task Run_CoverCrashesTheProcess_NextRunSetsItAsideAndFillsInTheRest()
    {
        File.AppendAllText(_cover, "poison: crash");

        EtlOutput crashed = await RunAsync();
        EtlOutput next = await RunAsync();
        EtlOutput third = await RunAsync();

        Assert.True(crashed.ExitCode > 4);
        Assert.Equal((3, 3), (next.ExitCode, third.ExitCode));
        Assert.Contains("each in a separate process", next.Errors, StringComparison.Ordinal);
        Assert.Equal((Broken + 1, "crashed"), (_catalogue.Missing, Reason()));
        Assert.Equal(Broken + 1, _catalogue.Report("report.json")["skipped"]);
        Assert.False(Directory.Exists(CrashLog));
    }

    [Theory]
    [InlineData("ColorThief")]
    [InlineData("Oklab")]
    public async Task Run_CrashedCoverIsReplaced_GetsItsPalette(string algorithm)
    {
        string[] arguments = ["--set", $"Etl:Quantize:Algorithm={algorithm}"];
        byte[] healthy = await File.ReadAllBytesAsync(_cover, TestContext.Current.CancellationToken);
        File.AppendAllText(_cover, "poison: crash");
        await RunAsync(arguments);
        await RunAsync(arguments);
        await File.WriteAllBytesAsync(_cover, healthy, TestContext.Current.CancellationToken);

        await RunAsync(arguments);

        Assert.Equal(Broken, _catalogue.Missing);
    }

    [Fact]
    public async Task Run_CoverTakesAllMemoryOfItsOwnProcess_IsCrashed()
    {
        File.AppendAllText(_cover, "poison: crash");
        await RunAsync();
        File.AppendAllText(_cover, "poison: memory");

        await RunAsync("--set", "Etl:Decode:MemoryBudgetBytes=16777216", "--set", "Etl:Fetch:MaxCoverBytes=4194304");

        Assert.Equal((Broken + 1, "crashed"), (_catalogue.Missing, Reason()));
        Assert.Equal(1, _catalogue.Scalar("SELECT count(*) FROM etl_dead_letters WHERE message LIKE '%took more than 276 MiB%'"));
    }

    [Fact]
    public async Task Run_ChildIsKilledFromOutsideOnce_CoverGetsItsPalette()
    {
        File.AppendAllText(_cover, "poison: crash");
        await RunAsync();
        File.AppendAllText(_cover, "poison: killed once");

        await RunAsync();

        Assert.True(File.Exists(_catalogue.PathOf("killed")));
        Assert.Equal(Broken, _catalogue.Missing);
        Assert.False(Directory.Exists(CrashLog));
    }

    [Fact]
    public async Task Run_ChildIsKilledFromOutsideTwice_HasNoProofAndIsTriedAgainInAProcessOfItsOwn()
    {
        byte[] healthy = await File.ReadAllBytesAsync(_cover, TestContext.Current.CancellationToken);
        File.AppendAllText(_cover, "poison: crash");
        await RunAsync();
        File.AppendAllText(_cover, "poison: killed");

        EtlOutput killed = await RunAsync();
        string reason = Reason();
        EtlOutput next = await RunAsync();
        await File.WriteAllBytesAsync(_cover, healthy, TestContext.Current.CancellationToken);
        await RunAsync();

        Assert.Equal((3, 3, "memory"), (killed.ExitCode, next.ExitCode, reason));
        Assert.Contains("each in a separate process", killed.Errors, StringComparison.Ordinal);
        Assert.Contains("It is decoded in a separate process", next.Errors, StringComparison.Ordinal);
        Assert.Equal(Broken, _catalogue.Missing);
        Assert.False(Directory.Exists(CrashLog));
    }

    [Fact]
    public async Task Run_CoverHangs_TimesOutInAProcessOfItsOwnEachTime()
    {
        File.AppendAllText(_cover, "poison: hang");
        using (EtlProcess hanging = Start())
        {
            await Eventually.Holds(() => _catalogue.Missing == Broken + 1);
            hanging.Kill();
            await hanging.EndAsync();
        }

        string[] impatient = ["--set", "Etl:Decode:Timeout=00:00:01"];
        EtlOutput next = await RunAsync(impatient);
        string reason = Reason();
        EtlOutput third = await RunAsync(impatient);

        Assert.Equal((3, 3), (next.ExitCode, third.ExitCode));
        Assert.Equal(("timeout", "timeout"), (reason, Reason()));
        Assert.Equal(1, _catalogue.Scalar("SELECT count(*) FROM etl_dead_letters WHERE reason = 'timeout' AND attempts = 2"));
    }

    [Fact]
    public async Task Run_KilledWhileASuspectIsTried_LeavesTheSuspectToTheNext()
    {
        File.AppendAllText(_cover, "poison: crash");
        await RunAsync();
        File.AppendAllText(_cover, "poison: hang");
        using (EtlProcess trying = Start())
        {
            await trying.Logged("It is decoded in a separate process");
            trying.Kill();
            await trying.EndAsync();
        }

        File.AppendAllText(_cover, "poison: crash");
        await RunAsync();

        Assert.Equal((Broken + 1, "crashed"), (_catalogue.Missing, Reason()));
    }

    [Fact]
    public async Task Run_CrashLogCannotBeWritten_WarnsAndGoesOn()
    {
        await File.WriteAllTextAsync(CrashLog, "a file, not a folder", TestContext.Current.CancellationToken);

        EtlOutput run = await RunAsync();

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("The crash log beside the database cannot be written", run.Errors, StringComparison.Ordinal);
        Assert.Equal(Broken, _catalogue.Missing);
    }

    private string Reason() =>
        _catalogue.Text($"SELECT reason FROM etl_dead_letters WHERE movie_id = '{Path.GetFileNameWithoutExtension(_cover)}'");

    private static string[] Arguments(string[] more) =>
        ["run", .. TestCatalogue.Settings, "--progress", "log", "--report", "report.json", "--set", "Etl:Write:FlushInterval=00:00:00.050", .. more];

    private EtlProcess Start(params string[] more) => EtlProcess.StartPoisoned(_catalogue.Folder, [], Arguments(more));

    private async Task<EtlOutput> RunAsync(params string[] more)
    {
        using EtlProcess process = Start(more);
        return await process.EndAsync();
    }
}
