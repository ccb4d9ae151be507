using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Etl.IntegrationTests.Run;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Etl.IntegrationTests.Cluster;

/// <summary>A real RabbitMQ of this machine's, on loopback, with a node, an epmd and a folder of its own, ended with the tests.</summary>
public sealed partial class RabbitBroker : IAsyncLifetime
{
    /// <summary>The users and what they may do: no more than the documents say they need.</summary>
    public const string Coordinator = "coordinator", Worker = "worker", Password = "a secret: 1/2@3";

    private const int Terminate = 15;
    private const string Absent = "There is no RabbitMQ: that takes Debian's package rabbitmq-server.";

    /// <summary>A script starts a virtual machine of its own and, to enable a plugin, a dozen applications in the broker: seconds on
    /// a quiet machine, minutes beside many busy processes.</summary>
    private static readonly TimeSpan ScriptTimeout = TimeSpan.FromMinutes(10);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("etl-broker-");
    private readonly int _epmdPort = FreePort(), _nodePort = FreePort(), _tlsPort = FreePort(), _plainPort = FreePort();
    private readonly int _managementPort = FreePort(), _tlsManagementPort = FreePort();
    private Process? _epmd;
    private Process? _node;
    private bool _hasManagement;

    /// <summary>The certificate of the authority that the broker's TLS goes by.</summary>
    public string CaFile => Path.Combine(_folder.FullName, "ca.pem");

    public string Address(string user) => $"amqp://{user}@127.0.0.1:{_plainPort}/movies";

    public string TlsAddress(string user, string host = "127.0.0.1") => $"amqps://{user}@{host}:{_tlsPort}/movies";

    /// <summary>Where the management plugin is, once a test has it enabled.</summary>
    public string Management => $"http://127.0.0.1:{_managementPort}";

    public string TlsManagement => $"https://127.0.0.1:{_tlsManagementPort}";

    private static string? Scripts { get; } = Directory.Exists("/usr/lib/rabbitmq/lib")
        ? Directory.EnumerateDirectories("/usr/lib/rabbitmq/lib").Select(static folder => Path.Combine(folder, "sbin")).FirstOrDefault()
        : null;

    public async ValueTask InitializeAsync()
    {
        if (Scripts is not null)
        {
            await WriteConfigurationAsync();
            _epmd = Start("epmd");
            await StartAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Process process in new[] { _node, _epmd }.OfType<Process>())
        {
            await EndAsync(process);
        }

        _folder.Delete(recursive: true);
    }

    /// <summary>Skips a test where there is no broker, and starts it again where the last one has left it ended.</summary>
    public async Task NeededAsync()
    {
        Assert.SkipWhen(Scripts is null, Absent);
        if (_node!.HasExited)
        {
            await StartAsync();
        }
    }

    /// <summary>Ends the broker: in order, or as a power cut would.</summary>
    public async Task StopAsync(bool inOrder)
    {
        if (inOrder)
        {
            Assert.Equal(0, Send(_node!.Id, Terminate));
            await _node.WaitForExitAsync().WaitAsync(TestTimeout);
        }

        await EndAsync(_node!);
    }

    /// <summary>Starts it, and waits until it accepts connections.</summary>
    public async Task StartAsync()
    {
        _node?.Dispose();
        _node = Start(Path.Combine(Scripts!, "rabbitmq-server"));
        long started = Stopwatch.GetTimestamp();
        while (!await IsReadyAsync())
        {
            Assert.False(_node.HasExited, "The broker does not start.");
            Assert.True(Stopwatch.GetElapsedTime(started) < TestTimeout, "The broker does not respond.");
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    /// <summary>A connection of the tests' own.</summary>
    public async Task<IConnection> ConnectAsync(string user)
    {
        var factory = new ConnectionFactory { Uri = new Uri(Address(user)), Password = Password, AutomaticRecoveryEnabled = false };
        return await factory.CreateConnectionAsync();
    }

    /// <summary>Messages of a queue that nobody has in hand.</summary>
    public async Task<uint> CountAsync(string queue)
    {
        await using IConnection connection = await ConnectAsync(Coordinator);
        await using IChannel channel = await connection.CreateChannelAsync();
        return (await channel.QueueDeclarePassiveAsync(queue)).MessageCount;
    }

    /// <summary>Whether there is a queue.</summary>
    public async Task<bool> HasQueueAsync(string queue)
    {
        await using IConnection connection = await ConnectAsync(Coordinator);
        await using IChannel channel = await connection.CreateChannelAsync();
        try
        {
            await channel.QueueDeclarePassiveAsync(queue);
            return true;
        }
        catch (OperationInterruptedException)
        {
            return false;
        }
    }

    /// <summary>Runs the broker's own command line.</summary>
    public Task ControlAsync(params string[] arguments) => RunAsync("rabbitmqctl", arguments);

    /// <summary>Enables the management plugin, unless it is. Most tests do without.</summary>
    public async Task EnableManagementAsync()
    {
        if (!_hasManagement)
        {
            await RunAsync("rabbitmq-plugins", "enable", "rabbitmq_management");
            _hasManagement = true;
        }
    }

    private async Task RunAsync(string script, params string[] arguments)
    {
        using Process process = Start(Path.Combine(Scripts!, script), ["--node", NodeName, .. arguments]);
        try
        {
            await process.WaitForExitAsync().WaitAsync(ScriptTimeout);
        }
        finally
        {
            await EndAsync(process);
        }

        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>Has it take no messages from now on, and later take them again.</summary>
    public Task SetAlarmAsync(bool raised) => ControlAsync("eval", raised
        ? "rabbit_alarm:set_alarm({{resource_limit, memory, node()}, []})."
        : "rabbit_alarm:clear_alarm({resource_limit, memory, node()}).");

    private string NodeName => $"etl-{_nodePort}@localhost";

    private async Task<bool> IsReadyAsync()
    {
        using var client = new TcpClient();
        try
        {
            // A broker answers a greeting that is not AMQP with its own version.
            await client.ConnectAsync(IPAddress.Loopback, _plainPort);
            await client.GetStream().WriteAsync("NO AMQP\n"u8.ToArray());
            return await client.GetStream().ReadAsync(new byte[8]) == 8;
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            return false;
        }
    }

    private static async Task EndAsync(Process process)
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync().WaitAsync(TestTimeout);
    }

    private Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in Environment())
        {
            start.Environment[name] = value;
        }

        Process process = ChildProcess.Start(start);
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private IEnumerable<(string Name, string Value)> Environment() =>
    [
        ("HOME", _folder.FullName),
        ("ERL_EPMD_ADDRESS", "127.0.0.1"),
        ("ERL_EPMD_PORT", Text(_epmdPort)),
        ("NOTIFY_SOCKET", Path.Combine(_folder.FullName, "notify")), // has the script replaced by the node, whose process id is then known
        ("RABBITMQ_NODENAME", NodeName),
        ("RABBITMQ_DIST_PORT", Text(_nodePort)),
        ("RABBITMQ_MNESIA_BASE", Path.Combine(_folder.FullName, "data")),
        ("RABBITMQ_LOG_BASE", Path.Combine(_folder.FullName, "log")),
        ("RABBITMQ_CONFIG_FILE", Path.Combine(_folder.FullName, "rabbitmq.conf")),
        ("RABBITMQ_CONF_ENV_FILE", Path.Combine(_folder.FullName, "none")),
        ("RABBITMQ_ENABLED_PLUGINS_FILE", Path.Combine(_folder.FullName, "plugins")),
        ("RABBITMQ_CTL_ERL_ARGS", "-start_epmd false"),
        ("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
            "-kernel inet_dist_use_interface {127,0,0,1} -start_epmd false +sbwt none +sbwtdcpu none +sbwtdio none"),
    ];

    private async Task WriteConfigurationAsync()
    {
        using X509Certificate2 certificate = Certificates.SelfSigned();
        await WriteAsync("ca.pem", certificate.ExportCertificatePem());
        await WriteAsync("key.pem", certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        await WriteAsync("plugins", "[].");
        await WriteAsync("definitions.json", Definitions());
        await WriteAsync("rabbitmq.conf", $"""
            listeners.tcp.1 = 127.0.0.1:{_plainPort}
            listeners.ssl.1 = 127.0.0.1:{_tlsPort}
            ssl_options.certfile = {CaFile}
            ssl_options.keyfile = {Path.Combine(_folder.FullName, "key.pem")}
            collect_statistics_interval = 500
            management.sample_retention_policies.global.minute = 1
            management.sample_retention_policies.basic.minute = 1
            management.sample_retention_policies.detailed.minute = 1
            management.tcp.ip = 127.0.0.1
            management.tcp.port = {_managementPort}
            management.ssl.ip = 127.0.0.1
            management.ssl.port = {_tlsManagementPort}
            management.ssl.certfile = {CaFile}
            management.ssl.keyfile = {Path.Combine(_folder.FullName, "key.pem")}
            load_definitions = {Path.Combine(_folder.FullName, "definitions.json")}
            disk_free_limit.absolute = 50MB
            log.file = false
            """);
    }

    private Task WriteAsync(string file, string text) => File.WriteAllTextAsync(Path.Combine(_folder.FullName, file), text);

    /// <summary>The queues of a test begin with a name of its own, which the documents' <c>etl</c> stands for.</summary>
    private static string Definitions() => JsonSerializer.Serialize(new
    {
        vhosts = new[] { new { name = "movies" } },
        users = new[] { User(Coordinator, tags: "management"), User(Worker, tags: "") },
        permissions = new[]
        {
            Permission(Coordinator, configure: @"^etl[a-z-]*\.", write: @"^(etl[a-z-]*\..*|amq\.default)$", read: @"^etl[a-z-]*\."),
            Permission(Worker, configure: "^$", write: @"^amq\.default$", read: @"^etl[a-z-]*\.(work|suspect)$"),
        },
    });

    private static object Permission(string user, string configure, string write, string read) =>
        new { user, vhost = "movies", configure, write, read };

    private static object User(string name, string tags)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(4);
        byte[] hash = SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(Password)]);
        return new
        {
            name,
            password_hash = Convert.ToBase64String([.. salt, .. hash]),
            hashing_algorithm = "rabbit_password_hashing_sha256",
            tags,
        };
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    /// <summary>A port below those that the system gives to outgoing connections: one may be needed long after it is chosen.</summary>
    private static int FreePort()
    {
        while (true)
        {
            int port = Random.Shared.Next(10_000, 32_000);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // In use.
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Send(int process, int signal);
}
