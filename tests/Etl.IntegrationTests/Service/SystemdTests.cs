using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Service;

public sealed class SystemdTests : IDisposable
{
    private readonly TestCatalogue _catalogue = new(movies: 3);

    public void Dispose() => _catalogue.Dispose();

    [Theory]
    [InlineData(EtlProcess.Terminate)]
    [InlineData(EtlProcess.Interrupt)]
    public async Task Serve_StartedBySystemd_TellsItThatItIsReadyAliveAndStopping(int signal)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no systemd here.");
        string path = _catalogue.PathOf("notify");
        using var supervisor = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        supervisor.Bind(new UnixDomainSocketEndPoint(path));

        using EtlProcess service = EtlProcess.Start(
            _catalogue.Folder,
            [("NOTIFY_SOCKET", path), ("WATCHDOG_USEC", "300000")],
            ["serve", .. TestCatalogue.Settings, "--urls", "http://127.0.0.1:0"]);
        await HeardAsync(supervisor, "READY=1");
        Assert.Equal("WATCHDOG=1", await HeardAsync(supervisor));
        Assert.Equal("WATCHDOG=1", await HeardAsync(supervisor));
        service.Signal(signal);

        await HeardAsync(supervisor, "STOPPING=1");
        Assert.Equal(0, (await EndAsync(service, supervisor)).ExitCode);
    }

    [Fact]
    public async Task Worker_StartedBySystemd_NotifiesItWhileItIsAlive()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no systemd here.");
        string path = _catalogue.PathOf("notify");
        using var supervisor = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        supervisor.Bind(new UnixDomainSocketEndPoint(path));

        using EtlProcess worker = EtlProcess.Start(
            _catalogue.Folder,
            [("NOTIFY_SOCKET", path), ("WATCHDOG_USEC", "300000")],
            ["worker", .. TestCatalogue.Settings, "--set", "Etl:Cluster:Broker=amqp://worker@127.0.0.1:1/movies"]);

        Assert.Equal("READY=1", await HeardAsync(supervisor));
        Assert.Equal("WATCHDOG=1", await HeardAsync(supervisor));
        Assert.Equal("WATCHDOG=1", await HeardAsync(supervisor));
        worker.Signal(EtlProcess.Terminate);
        Assert.Equal(0, (await EndAsync(worker, supervisor)).ExitCode);
    }

    [Theory]
    [InlineData("/nowhere/notify")]
    [InlineData("@nobody-listens")]
    [InlineData("/dev/null")]
    public async Task Serve_SystemdCannotBeReached_WarnsOnceAndServes(string socket)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no systemd here.");
        using EtlProcess service = EtlProcess.Start(
            _catalogue.Folder, [("NOTIFY_SOCKET", socket)], ["serve", .. TestCatalogue.Settings, "--urls", "http://127.0.0.1:0"]);
        await service.Logged("answers at");

        service.Signal(EtlProcess.Terminate);
        EtlOutput ended = await service.EndAsync();

        Assert.Equal(0, ended.ExitCode);
        Assert.Equal(2, ended.Errors.Split("systemd cannot be notified: ").Length);
        Assert.DoesNotContain("   at ", ended.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("etl.service")]
    [InlineData("etl-worker.service")]
    public async Task Unit_Analyzed_IsRightAndLetsTheProgramDoLittle(string name)
    {
        string unit = await File.ReadAllTextAsync(Repository.PathOf($"config/systemd/{name}"));
        await File.WriteAllTextAsync(
            _catalogue.PathOf(name),
            unit.Replace("/opt/etl/etl", Quoted(Path.Combine(AppContext.BaseDirectory, "etl")), StringComparison.Ordinal));

        Assert.Equal((0, ""), await AnalyzeAsync("verify", _catalogue.PathOf(name)));

        // From 0, which is allowed nothing, to 100.
        (int code, string report) = await AnalyzeAsync("security", "--offline=true", "--threshold=15", _catalogue.PathOf(name));
        Assert.True(code == 0, report);
    }

    /// <summary>A path as ExecStart takes one that may have spaces in it.</summary>
    private static string Quoted(string path) => $"\"{path
        .Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("%", "%%", StringComparison.Ordinal).Replace("$", "$$", StringComparison.Ordinal)}\"";

    /// <summary>Waits for the end, and reads on until then as systemd does: to write to a socket whose queue is full blocks.</summary>
    private static async Task<EtlOutput> EndAsync(EtlProcess service, Socket supervisor)
    {
        using var ended = new CancellationTokenSource();
        Task reading = ReadOnAsync(supervisor, ended.Token);
        EtlOutput output = await service.EndAsync();
        await ended.CancelAsync();
        await reading;
        return output;
    }

    private static async Task ReadOnAsync(Socket supervisor, CancellationToken ended)
    {
        try
        {
            while (true)
            {
                await supervisor.ReceiveAsync(new byte[256], ended);
            }
        }
        catch (OperationCanceledException)
        {
            // The service has ended.
        }
    }

    /// <summary>Hears a message, and until then nothing but that the service is alive.</summary>
    private static async Task HeardAsync(Socket supervisor, string message)
    {
        while (await HeardAsync(supervisor) is var told && told != message)
        {
            Assert.Equal("WATCHDOG=1", told);
        }
    }

    private static async Task<string> HeardAsync(Socket supervisor)
    {
        byte[] message = new byte[256];
        int length = await supervisor.ReceiveAsync(message).WaitAsync(TestTimeout);
        return Encoding.UTF8.GetString(message, 0, length);
    }

    private static async Task<(int Code, string Told)> AnalyzeAsync(params string[] arguments)
    {
        try
        {
            using Process analyze = Process.Start(new ProcessStartInfo("systemd-analyze", arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            string told = await analyze.StandardOutput.ReadToEndAsync() + await analyze.StandardError.ReadToEndAsync();
            await analyze.WaitForExitAsync();
            return (analyze.ExitCode, told);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no systemd-analyze here.");
            throw;
        }
    }
}
