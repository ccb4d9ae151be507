using Microsoft.Data.Sqlite;

namespace Etl.IntegrationTests.Run;

/// <summary>Databases that a run cannot read or write: each ends with 1 and one line.</summary>
public sealed class DatabaseFaultTests : IDisposable
{
    private const int Movies = 6;

    private readonly TestCatalogue _catalogue = new(Movies);

    public void Dispose() => _catalogue.Dispose();

    [Theory]
    [InlineData("movies.db")]
    [InlineData(".")]
    public async Task Run_ReadOnly_SaysSo(string mountPoint)
    {
        EtlOutput run = await EtlProcess.RunMountedAsync(
            _catalogue.Folder,
            $"mount --bind {mountPoint} {mountPoint}; mount -o remount,ro,bind {mountPoint}; cd \"$PWD\"",
            Arguments());

        AssertOneLine(run, "movies.db is read-only. Check the permissions of the file and of its directory.");
        Assert.Equal(Movies, _catalogue.Missing);
    }

    [Fact]
    public async Task Run_DiskIsFull_SaysSo()
    {
        Directory.CreateDirectory(_catalogue.PathOf("disk"));

        EtlOutput run = await EtlProcess.RunMountedAsync(
            _catalogue.Folder,
            "mount -t tmpfs -o size=256k tmpfs disk; cp movies.db disk; head -c 1M /dev/zero > disk/rest || true",
            Arguments("--set", "Etl:Query:Database=disk/movies.db"));

        AssertOneLine(run, "is full. Free space and run again.");
    }

    [Fact]
    public async Task Run_FileMayNotGrow_SaysSo()
    {
        EtlOutput run = await EtlProcess.RunMountedAsync(
            _catalogue.Folder, "trap '' XFSZ; export DOTNET_EnableWriteXorExecute=0; ulimit -f 1", Arguments());

        AssertOneLine(run, "cannot be read or written (");
        Assert.Equal(Movies, _catalogue.Missing);
    }

    [Theory]
    [InlineData("BEGIN IMMEDIATE")]
    [InlineData("BEGIN EXCLUSIVE")]
    [InlineData("BEGIN; SELECT count(*) FROM movies")]
    public async Task Run_LockedForLongerThanTheBusyTimeout_SaysSoAndAbandonsWhatWasRead(string statement)
    {
        EtlOutput run;
        using (_catalogue.Hold(statement))
        {
            run = await RunAsync("--set", "Etl:Write:BusyTimeout=00:00:00.2", "--report", _catalogue.PathOf("report.json"));
        }

        AssertOneLine(run, "stayed locked by another program. Run again when it has finished, or raise Etl:Write:BusyTimeout.");
        Dictionary<string, long> totals = _catalogue.Report("report.json");
        Assert.Equal((totals["read"], 0), (totals["abandoned"], totals["written"]));
        Assert.Equal(Movies, _catalogue.Missing);
    }

    [Fact]
    public async Task Run_Damaged_SaysSo()
    {
        await using (FileStream file = File.OpenWrite(_catalogue.PathOf("movies.db")))
        {
            file.Position = 4_096; // all behind the schema
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, (int)file.Length - 4_096).ToArray(), TestContext.Current.CancellationToken);
        }

        EtlOutput run = await RunAsync();

        AssertOneLine(run, "is damaged (");
    }

    [Theory]
    [InlineData("delete", false)]
    [InlineData("wal", false)]
    [InlineData("wal", true)]
    public async Task Run_DatabaseIsDeletedOrReplacedMeanwhile_SaysSoInsteadOfWritingToNobody(string journalMode, bool replaced)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "An open file can be neither deleted nor replaced.");
        _catalogue.Execute($"PRAGMA journal_mode = {journalMode}");
        await using SlowCovers server = await SlowCovers.StartAsync(_catalogue.GoodCover(), requests: 4);
        using EtlProcess process = EtlProcess.Start(_catalogue.Folder, Arguments("--set", $"Etl:Fetch:Locations:0={server.Location}"));
        await server.Requested;
        string path = _catalogue.PathOf("movies.db");
        File.Copy(path, path + ".new");
        File.Delete(path);
        if (replaced)
        {
            File.Move(path + ".new", path);
        }

        server.Open();
        EtlOutput run = await process.EndAsync();

        AssertOneLine(run, "was deleted or replaced while it was in use. Restore it and run again.");
        Assert.Equal(replaced, File.Exists(path));
    }

    [Fact]
    public async Task Run_JournalModeOfARun_IsSetBesideItsOwnReaders()
    {
        _catalogue.Execute("PRAGMA journal_mode = WAL");

        EtlOutput run = await EtlCommand.RunAsync(
            [
                "run", "--progress", "log", .. _catalogue.WholeSettings,
                "--set", "Etl:Write:JournalMode=truncate", "--set", "Etl:Write:BusyTimeout=00:00:00",
            ]);

        Assert.Equal(3, run.ExitCode); // two covers are broken
        Assert.Equal(2, _catalogue.Missing);
        Assert.Equal(1, File.ReadAllBytes(_catalogue.PathOf("movies.db"))[18]); // no longer the 2 of WAL
    }

    [Fact]
    public async Task Run_JournalModeCannotBeSet_SaysSoBeforeAnythingIsRead()
    {
        _catalogue.Execute("PRAGMA journal_mode = WAL");
        using SqliteConnection other = _catalogue.Hold("SELECT count(*) FROM movies");

        EtlOutput run = await RunAsync(
            "--set", "Etl:Write:JournalMode=Delete", "--set", "Etl:Write:BusyTimeout=00:00:00", "--report", _catalogue.PathOf("report.json"));

        AssertOneLine(run, "cannot be set to Delete: another program has it open. ");
        Assert.Equal(0, _catalogue.Report("report.json")["read"]);
    }

    [Fact]
    public async Task Run_ReportCannotBeWrittenEither_SaysBoth()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no device that is always full.");
        using SqliteConnection other = _catalogue.Hold("BEGIN IMMEDIATE");

        EtlOutput run = await RunAsync("--set", "Etl:Write:BusyTimeout=00:00:00", "--report", "/dev/full");

        Assert.Equal(1, run.ExitCode);
        Assert.Collection(
            Lines(run),
            line => Assert.StartsWith("etl: --report /dev/full cannot be written: No space left on device. ", line),
            line => Assert.Contains("stayed locked by another program", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--report", "disk/report.json", "No space left on device")]
    [InlineData("--backup", "disk/copy.db", "database or disk is full")]
    public async Task Run_DiskOfAnOutputIsFull_SaysSoAndLeavesNothing(string option, string file, string cause)
    {
        Directory.CreateDirectory(_catalogue.PathOf("disk"));

        EtlOutput run = await EtlProcess.RunMountedAsync(
            _catalogue.Folder,
            "mount -t tmpfs -o size=64k tmpfs disk; echo before > disk/report.json; head -c 1M /dev/zero > disk/rest 2> /dev/null || true;"
            + " trap 'ls disk; cat disk/report.json' EXIT; (exec \"$0\" \"$@\"); exit",
            Arguments(option, file));

        AssertOneLine(run, $"{option} {file} cannot be written: {cause}. Make room and allow writing there, or name another file.");
        Assert.Equal("report.json\nrest\nbefore\n", run.Output);
    }

    [Theory]
    [InlineData("--report", "disk/report.json")]
    [InlineData("--backup", "disk/copy.db")]
    public async Task Run_FolderOfAnOutputIsReadOnly_IsRefusedBeforeAnythingIsWritten(string option, string file)
    {
        Directory.CreateDirectory(_catalogue.PathOf("disk"));

        EtlOutput run = await EtlProcess.RunMountedAsync(
            _catalogue.Folder, "mount --bind disk disk; mount -o remount,ro,bind disk", Arguments(option, file));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"etl: {option} {file} cannot be written: no file can be created in ", Assert.Single(Lines(run)), StringComparison.Ordinal);
        Assert.Equal(Movies, _catalogue.Missing);
    }

    [Fact]
    public async Task Run_ReportMayNotGrow_SaysSo()
    {
        _catalogue.Execute("DELETE FROM movies"); // so that nothing but the report is written

        EtlOutput run = await EtlProcess.RunMountedAsync(
            _catalogue.Folder, "trap '' XFSZ; export DOTNET_EnableWriteXorExecute=0; ulimit -f 1", Arguments("--report", "report.json"));

        AssertOneLine(run, "--report report.json cannot be written: file too large. ");
        Assert.Equal(["movies.db"], Directory.EnumerateFiles(_catalogue.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Run_ReportToRedirectedStandardOutput_FollowsTheSummary()
    {
        EtlOutput run = await EtlProcess.RunMountedAsync(
            _catalogue.Folder, "exec > output.txt", ["run", "--progress", "none", .. TestCatalogue.Settings, "--report", "/dev/stdout"]);

        string output = await File.ReadAllTextAsync(_catalogue.PathOf("output.txt"), TestContext.Current.CancellationToken);
        Assert.Equal(3, run.ExitCode); // two covers are broken
        Assert.Contains($"read {Movies} = written", output, StringComparison.Ordinal);
        Assert.EndsWith("]\n}\n", output, StringComparison.Ordinal);
    }

    private Task<EtlOutput> RunAsync(params string[] arguments) =>
        EtlCommand.RunAsync(["run", "--quiet", .. _catalogue.WholeSettings, .. arguments]);

    private static string[] Arguments(params string[] arguments) => ["run", "--quiet", .. TestCatalogue.Settings, .. arguments];

    private static void AssertOneLine(EtlOutput run, string said)
    {
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(said, Assert.Single(Lines(run)), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Lines(EtlOutput run) =>
        run.Errors.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.StartsWith("etl:", StringComparison.Ordinal));
}
