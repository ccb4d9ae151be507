using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Etl.IntegrationTests.Run;

namespace Etl.LongTests.Dashboard;

/// <summary>The process of <c>src/Etl.AppHost</c>, with the processes that it starts. They are ended with the test.</summary>
internal sealed class AppHostProcess : IAsyncDisposable
{
    private const string Project = "src/Etl.AppHost";
    private const string Mark = "ETL_APP_HOST_TEST";

    /// <summary>One build for all tests, which run beside each other.</summary>
    private static readonly Lazy<Task> Build = new(BuildAsync);

    private readonly string _mark = Guid.NewGuid().ToString();
    private readonly HttpClient _client;
    private readonly Process _process;
    private readonly Task _output;

    private AppHostProcess(bool login, string? password, string[] arguments)
    {
        _client = new HttpClient { BaseAddress = new Uri(FreeAddress()) };
        var start = new ProcessStartInfo(Repository.PathOf($"{Project}/bin/Debug/net10.0/Etl.AppHost"), arguments)
        {
            WorkingDirectory = Repository.PathOf(Project),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[Mark] = _mark;
        start.Environment["Etl__Cluster__Password"] = password;
        start.Environment["ASPNETCORE_URLS"] = _client.BaseAddress!.GetLeftPart(UriPartial.Authority);
        start.Environment["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = FreeAddress();
        start.Environment["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = FreeAddress();
        start.Environment["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true";
        start.Environment["ASPIRE_INTERACTIVITY_ENABLED"] = "false";
        start.Environment["ASPIRE_DASHBOARD_API_ENABLED"] = "true";
        start.Environment[login ? "ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN" : "ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS"] = login ? _mark : "true";
        _process = ChildProcess.Start(start);
        _output = Task.WhenAll(_process.StandardOutput.ReadToEndAsync(), _process.StandardError.ReadToEndAsync());
    }

    public string Url => _client.BaseAddress!.ToString();

    /// <summary>The address that logs a browser in.</summary>
    public string Login => $"{Url}login?t={_mark}";

    /// <summary>Builds the project and starts it; skips the test where its packages cannot be restored.</summary>
    /// <param name="login">Whether the dashboard requires a login. Without one, its telemetry API is open.</param>
    /// <param name="password">The password of the broker's user.</param>
    /// <param name="arguments">The arguments of the command.</param>
    public static async Task<AppHostProcess> StartAsync(bool login = false, string? password = null, params string[] arguments)
    {
        await Build.Value;
        return new AppHostProcess(login, password, arguments);
    }

    /// <summary>The answer of the dashboard's telemetry API; null while there is none.</summary>
    public async Task<JsonElement?> AskAsync(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(await _client.GetStringAsync(new Uri($"api/telemetry/{path}", UriKind.Relative)));
        }
        catch (HttpRequestException)
        {
            return null; // the dashboard is starting
        }
    }

    /// <summary>The spans that the dashboard has received.</summary>
    public async Task<JsonElement[]> SpansAsync() => Items(await AskAsync("spans?limit=2000"), "resourceSpans", "scopeSpans", "spans");

    /// <summary>The log lines that the dashboard has received.</summary>
    public async Task<JsonElement[]> LogsAsync() => Items(await AskAsync("logs?limit=1000"), "resourceLogs", "scopeLogs", "logRecords");

    /// <summary>The ids of all processes that this one has started, and its own.</summary>
    public int[] Processes() => [.. Process.GetProcesses().Select(process => process.Id).Where(IsMarked)];

    /// <summary>The addresses that processes listen at, as the kernel writes them.</summary>
    public static IEnumerable<string> Listeners(IEnumerable<int> processes)
    {
        const string Listening = "0A";
        HashSet<string> sockets = [.. processes.SelectMany(SocketsOf)];
        return
            from line in File.ReadLines("/proc/net/tcp").Skip(1).Concat(File.ReadLines("/proc/net/tcp6").Skip(1))
            let fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            where fields[3] == Listening && sockets.Contains($"socket:[{fields[9]}]")
            select fields[1].Split(':')[0];
    }

    /// <summary>Interrupts the process, as Ctrl+C does, and waits for all others to end.</summary>
    public async Task EndAsync()
    {
        EtlProcess.Send(_process, EtlProcess.Interrupt);
        await _process.WaitForExitAsync().WaitAsync(TestTimeout);
        await _output.WaitAsync(TestTimeout);
        await Eventually.Holds(() => Processes().Length == 0);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (int id in Processes())
        {
            try
            {
                using var process = Process.GetProcessById(id);
                process.Kill();
            }
            catch (ArgumentException)
            {
                // It has ended by itself.
            }
        }

        await _process.WaitForExitAsync().WaitAsync(TestTimeout);
        _process.Dispose();
        _client.Dispose();
    }

    private static async Task BuildAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are found in /proc.");
        (int code, string output) = await DotnetAsync("restore");
        Assert.SkipWhen(code != 0, $"The packages of {Project} cannot be restored: {output}");
        (code, output) = await DotnetAsync("build", "--no-restore");
        Assert.True(code == 0, output);
    }

    private static async Task<(int Code, string Output)> DotnetAsync(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [command, Repository.PathOf(Project), "-v", "quiet", "--nologo", .. arguments])
        {
            RedirectStandardOutput = true,
        })!;
        string output = await process.StandardOutput.ReadToEndAsync().WaitAsync(TestTimeout);
        await process.WaitForExitAsync().WaitAsync(TestTimeout);
        return (process.ExitCode, output);
    }

    private static JsonElement[] Items(JsonElement? answer, string resources, string scopes, string items) => answer is not { } found ? [] :
    [
        .. found.GetProperty("data").GetProperty(resources).EnumerateArray()
            .SelectMany(resource => resource.GetProperty(scopes).EnumerateArray())
            .SelectMany(scope => scope.GetProperty(items).EnumerateArray()),
    ];

    private static string FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return string.Create(CultureInfo.InvariantCulture, $"http://{listener.LocalEndpoint}");
    }

    private bool IsMarked(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/environ").Split('\0').Contains($"{Mark}={_mark}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // ended, or another user's
        }
    }

    private static IEnumerable<string> SocketsOf(int process)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries($"/proc/{process}/fd").Select(link => File.ResolveLinkTarget(link, false)?.Name).OfType<string>()];
        }
        catch (IOException)
        {
            return []; // ended
        }
    }
}
