namespace Etl.IntegrationTests.Run;

/// <summary>Limits of the system that concern the process and not its database.</summary>
public sealed class ProcessLimitTests : IDisposable
{
    private const int Movies = 6;

    private readonly TestCatalogue _catalogue = new(Movies);

    public void Dispose() => _catalogue.Dispose();

    [Theory]
    [InlineData("run")]
    [InlineData("status")]
    [InlineData("serve")]
    public async Task Command_FewOpenFilesAllowed_SaysSo(string command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The limit is read from /proc.");
        using EtlProcess process = EtlProcess.StartByShell(_catalogue.Folder, "ulimit -n 100;", "", [command, .. TestCatalogue.Settings]);

        EtlOutput ended = await process.EndAsync();

        Assert.Equal(1, ended.ExitCode);
        Assert.Equal(
            "etl: The limit of open files is 100, and etl needs 512. Fix: raise it with 'ulimit -n 1024' or LimitNOFILE= of systemd.",
            ended.Errors.Trim());
        Assert.Equal(Movies, _catalogue.Missing);
    }

    [Theory]
    [InlineData(" INF ", "--progress", "log")]
    [InlineData(" WRN ", "--quiet")]
    [InlineData("{", "--log-format", "json")]
    public async Task Run_DiskOfTheLogIsFull_EndsAsWithoutALog(string line, params string[] arguments)
    {
        Directory.CreateDirectory(_catalogue.PathOf("disk"));

        EtlOutput run = await EtlProcess.RunMountedAsync(
            _catalogue.Folder,
            "mount -t tmpfs -o size=64k tmpfs disk; head -c 1M /dev/zero > disk/rest || true",
            ["run", .. arguments, .. TestCatalogue.Settings,
                "--set", "Serilog:WriteTo:0:Name=File", "--set", "Serilog:WriteTo:0:Args:path=disk/log.txt"]);

        Assert.Equal(3, run.ExitCode); // two covers are broken
        Assert.Contains(line, run.Errors, StringComparison.Ordinal);
        Assert.Contains("The end of the log is lost: No space left on device : '", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("etl: ", run.Errors, StringComparison.Ordinal);
        Assert.Equal(2, _catalogue.Missing);
    }
}
