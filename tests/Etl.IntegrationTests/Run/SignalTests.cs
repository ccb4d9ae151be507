using Microsoft.Data.Sqlite;

namespace Etl.IntegrationTests.Run;

/// <summary>Signals to a real process that is known to wait for covers when it receives them.</summary>
public sealed class SignalTests : IDisposable
{
    private const int Parallelism = 4;

    private readonly TestCatalogue _catalogue = new(movies: 30);

    public void Dispose() => _catalogue.Dispose();

    [Theory]
    [InlineData(EtlProcess.Interrupt, 130)]
    [InlineData(EtlProcess.Terminate, 143)]
    [InlineData(EtlProcess.HangUp, 129)]
    public async Task Run_FirstSignal_StopsReadingAndWritesWhatWasRead(int signal, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill(2).");
        await using SlowCovers server = await SlowCovers.StartAsync(_catalogue.GoodCover(), Parallelism);
        using EtlProcess process = Start(server);
        await server.Requested;

        process.Signal(signal);
        await process.Logged("Draining");
        server.Open();
        EtlOutput ended = await process.EndAsync();

        Assert.Equal(exitCode, ended.ExitCode);
        Dictionary<string, long> totals = _catalogue.Report("report.json");
        Assert.Equal((totals["read"], 0), (totals["written"], totals["abandoned"]));
        Assert.InRange(totals["read"], Parallelism, 29);
        Assert.Equal(30 - totals["written"], _catalogue.Missing);
    }

    [Fact]
    public async Task Run_SecondSignal_StopsAtOnceAndAbandonsWhatIsInFlight()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill(2).");
        await using SlowCovers server = await SlowCovers.StartAsync(_catalogue.GoodCover(), Parallelism);
        using EtlProcess process = Start(server);
        await server.Requested;

        process.Signal(EtlProcess.Terminate);
        await process.Logged("Draining");
        process.Signal(EtlProcess.Terminate);
        EtlOutput ended = await process.EndAsync();

        Assert.Equal(143, ended.ExitCode);
        Dictionary<string, long> totals = _catalogue.Report("report.json");
        Assert.Equal((totals["read"], 0), (totals["abandoned"], totals["written"]));
        Assert.Equal(30, _catalogue.Missing);
    }

    [Fact]
    public async Task Run_HangUpIsIgnoredFromTheStart_GoesOn()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems do not show which signals a process ignores.");
        await using SlowCovers server = await SlowCovers.StartAsync(_catalogue.GoodCover(), Parallelism);
        using EtlProcess process = EtlProcess.StartIgnoringHangUp(
            _catalogue.Folder, "run", "--set", "Etl:Query:Database=movies.db", "--set", $"Etl:Fetch:Locations:0={server.Location}");
        await server.Requested;

        process.Signal(EtlProcess.HangUp);
        server.Open();
        EtlOutput ended = await process.EndAsync();

        Assert.Equal((0, 0), (ended.ExitCode, _catalogue.Missing));
    }

    [Fact]
    public async Task Run_SecondSignalWhileTheDatabaseIsLockedAtTheStart_DoesNotWaitForTheLock()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill(2).");
        await using SlowCovers server = await SlowCovers.StartAsync(_catalogue.GoodCover(), Parallelism);
        using SqliteConnection other = _catalogue.Hold("BEGIN EXCLUSIVE");
        using EtlProcess process = Start(server, "--set", "Etl:Write:BusyTimeout=01:00:00");
        await process.Logged("Filling in");

        process.Signal(EtlProcess.Interrupt);
        await process.Logged("Draining");
        process.Signal(EtlProcess.Interrupt);
        EtlOutput ended = await process.EndAsync();

        Assert.Equal(130, ended.ExitCode);
    }

    [Fact]
    public async Task Run_SecondSignalWhileTheDatabaseIsLocked_DoesNotWaitForTheLock()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill(2).");
        await using SlowCovers server = await SlowCovers.StartAsync(_catalogue.GoodCover(), Parallelism);
        using var other = new SqliteConnection($"Data Source={_catalogue.PathOf("movies.db")};Pooling=False");
        other.Open();
        using SqliteTransaction lasting = other.BeginTransaction(deferred: false);
        using EtlProcess process = Start(server, "--set", "Etl:Write:BatchSize=1", "--set", "Etl:Write:BusyTimeout=01:00:00");
        server.Open();
        await server.Requested;

        process.Signal(EtlProcess.Terminate);
        await process.Logged("Draining");
        process.Signal(EtlProcess.Terminate);
        await process.Logged("Aborting");
        EtlOutput ended = await process.EndAsync();

        Assert.Equal(143, ended.ExitCode);
        Dictionary<string, long> totals = _catalogue.Report("report.json");
        Assert.Equal((totals["read"], 0), (totals["abandoned"], totals["written"]));
    }

    [Fact]
    public async Task Run_DrainTakesTooLong_IsAborted()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill(2).");
        await using SlowCovers server = await SlowCovers.StartAsync(_catalogue.GoodCover(), Parallelism);
        using EtlProcess process = Start(server, "--set", "Etl:DrainTimeout=00:00:00.2");
        await server.Requested;

        process.Signal(EtlProcess.Interrupt);
        EtlOutput ended = await process.EndAsync();

        Assert.Equal(130, ended.ExitCode);
        Assert.Equal(30, _catalogue.Missing);
    }

    private EtlProcess Start(SlowCovers server, params string[] arguments) => EtlProcess.Start(
        _catalogue.Folder,
        [
            "run", "--report", "report.json",
            "--set", "Etl:Query:Database=movies.db", "--set", $"Etl:Fetch:Locations:0={server.Location}",
            "--set", $"Etl:Fetch:DegreeOfParallelism={Parallelism}", "--set", "Etl:Fetch:BoundedCapacity=8",
            .. arguments,
        ]);
}
