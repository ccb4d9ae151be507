using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Cluster;

/// <summary>Probes of supervisors: a worker that is frozen or deadlocked fails them within a minute.</summary>
[Collection<ClusterSuite>]
public sealed partial class WorkerProbeTests(RabbitBroker broker) : ClusterTest(broker, Movies)
{
    private const int Movies = 20, Freeze = 19;

    private static readonly string[] Listening = ["--set", "Etl:Worker:Urls=http://127.0.0.1:0"];

    private static readonly TimeSpan SupervisorTimeout = TimeSpan.FromSeconds(2);

    private readonly HttpClient _client = new() { Timeout = TestTimeout };

    public override async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Probe_WorkerIsFrozen_Fails()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill(2).");
        using TestCluster cluster = Cluster("etl-frozenprobe");
        cluster.StartCoordinator();
        EtlProcess worker = cluster.StartWorker([.. Listening, "--set", "Etl:Worker:HealthFile=live"]);
        string url = await UrlAsync(worker);
        await Covers.Requested;
        HttpStatusCode before = await StatusAsync($"{url}/health/live");
        EtlOutput alive = await ProbeAsync();

        worker.Signal(Freeze);
        File.SetLastWriteTimeUtc(Catalogue.PathOf("live"), TimeProvider.System.GetUtcNow().UtcDateTime - TimeSpan.FromSeconds(21));

        Assert.Equal((HttpStatusCode.OK, 0), (before, alive.ExitCode));
        Assert.False(await SucceedsAsync($"{url}/health/live"));
        EtlOutput frozen = await ProbeAsync();
        Assert.Equal(1, frozen.ExitCode);
        Assert.Matches(@"^etl: The worker has not written \S+live for 2[0-9] s; it is stalled, or has ended\.\s*$", frozen.Errors);
    }

    [Fact]
    public async Task Probe_DecodersAreBlocked_Fails()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no systemd here.");
        foreach (string cover in Directory.GetFiles(Catalogue.PathOf("covers")))
        {
            File.AppendAllText(cover, "poison: hang");
        }

        string path = Catalogue.PathOf("notify");
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(path));
        using var cluster = new TestCluster(Broker, Catalogue.Folder, "etl-blockedprobe")
        {
            IsPoisoned = true,
            Variables = [("NOTIFY_SOCKET", path), ("WATCHDOG_USEC", "9000000")],
        };
        cluster.StartCoordinator();
        EtlProcess worker = cluster.StartWorker(
            [.. Listening, "--set", "Etl:Decode:Timeout=00:00:00.1", "--set", "Etl:Worker:HealthFile=live"]);
        string url = await UrlAsync(worker);

        await worker.Logged("ERR The messages in hand have made no progress for");
        Assert.False(await SucceedsAsync($"{url}/health/live"));
        Assert.False(await SucceedsAsync($"{url}/health/ready"));
        await Eventually.Holds(() => !File.Exists(Catalogue.PathOf("live")));
        Assert.Equal(1, (await ProbeAsync()).ExitCode);
        await Eventually.Holds(async () => await ReceiveAsync(systemd) == "WATCHDOG=trigger");
    }

    [Fact]
    public async Task Ready_NoCoversThenCovers_FollowsThem()
    {
        using var cluster = new TestCluster(Broker, Catalogue.Folder, "etl-readyprobe") { Location = "later/{id}.jpg" };
        EtlProcess coordinator = cluster.StartCoordinator();
        EtlProcess worker = cluster.StartWorker(Listening);
        string url = await UrlAsync(worker);
        await worker.Logged("No location of covers is available");
        HttpStatusCode before = await StatusAsync($"{url}/health/ready"), live = await StatusAsync($"{url}/health/live");

        Directory.Move(Catalogue.PathOf("covers"), Catalogue.PathOf("later"));
        await coordinator.EndAsync();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (before, live));
        await Eventually.Holds(async () => await StatusAsync($"{url}/health/ready") == HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Etl:Worker:Urls=nowhere", 2, "etl: Etl:Worker:Urls: 'nowhere' is not a valid address. Set one such as http://127.0.0.1:5080.")]
    [InlineData("Etl:Worker:HealthFile=movies.db", 2, "cannot be written: it is the database. Name another file.")]
    public async Task Worker_ProbeCannotBeServed_IsRefused(string setting, int code, string problem)
    {
        using var cluster = new TestCluster(Broker, Catalogue.Folder, "etl-badprobe");

        EtlOutput ended = await cluster.StartWorker("--set", "Etl:Query:Database=movies.db", "--set", setting).EndAsync();

        Assert.Equal(code, ended.ExitCode);
        Assert.EndsWith(problem, ended.Errors.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probe_NoFileIsConfigured_IsRefused()
    {
        EtlOutput ended = await EtlProcess.RunAsync(Catalogue.Folder, "worker", "--probe");

        Assert.Equal(2, ended.ExitCode);
        Assert.Equal("etl: --probe reads a file. Set Etl:Worker:HealthFile, for the worker too.", ended.Errors.TrimEnd());
    }

    /// <summary>The address that a worker logs.</summary>
    private static async Task<string> UrlAsync(EtlProcess worker) =>
        Address().Match(await worker.Logged("/health/live")).Groups[1].Value;

    [GeneratedRegex("(http://127.0.0.1:[0-9]+)/health/live")]
    private static partial Regex Address();

    private Task<EtlOutput> ProbeAsync() => EtlProcess.RunAsync(Catalogue.Folder, "worker", "--probe", "--set", "Etl:Worker:HealthFile=live");

    private static async Task<string> ReceiveAsync(Socket systemd)
    {
        byte[] message = new byte[256];
        int length = await systemd.ReceiveAsync(message).WaitAsync(TestTimeout);
        return Encoding.UTF8.GetString(message, 0, length);
    }

    /// <summary>Whether a probe succeeds: a worker whose threads are blocked may not respond at all.</summary>
    private async Task<bool> SucceedsAsync(string url)
    {
        using var timeout = new CancellationTokenSource(SupervisorTimeout);
        try
        {
            return await StatusAsync(url, timeout.Token) == HttpStatusCode.OK;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<HttpStatusCode> StatusAsync(string url, CancellationToken cancellationToken = default)
    {
        using HttpResponseMessage response = await _client.GetAsync(new Uri(url), cancellationToken);
        return response.StatusCode;
    }
}
