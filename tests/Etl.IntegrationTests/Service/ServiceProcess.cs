using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Service;

/// <summary>The real <c>etl serve</c> on a catalogue, at a port of its own, ended with the test.</summary>
internal sealed partial class ServiceProcess : IAsyncDisposable
{
    private const string AnyPort = "http://127.0.0.1:0";

    private readonly string _folder;
    private readonly string[] _arguments;
    private readonly EtlProcess _process;

    private ServiceProcess(string folder, string[] arguments, EtlProcess process, Uri address)
    {
        (_folder, _arguments, _process) = (folder, arguments, process);
        Client = new HttpClient { BaseAddress = address, Timeout = TestTimeout };
    }

    public HttpClient Client { get; }

    public static Task<ServiceProcess> StartAsync(TestCatalogue catalogue, params string[] arguments) =>
        StartAsync(catalogue.Folder, arguments);

    /// <summary>Starts the service, and waits until it answers.</summary>
    /// <param name="folder">Where the catalogue is that it serves.</param>
    /// <param name="arguments">Further arguments.</param>
    public static Task<ServiceProcess> StartAsync(string folder, params string[] arguments) => StartAtAsync(folder, AnyPort, arguments);

    /// <summary>Another process like this one, which has ended, at the same port.</summary>
    public Task<ServiceProcess> StartAgainAsync() => StartAtAsync(_folder, Client.BaseAddress!.ToString(), _arguments);

    private static async Task<ServiceProcess> StartAtAsync(string folder, string address, string[] arguments)
    {
        EtlProcess process = EtlProcess.Start(folder, ["serve", .. TestCatalogue.Settings, "--urls", address, .. arguments]);
        try
        {
            string told = await process.Logged("answers at");
            return new ServiceProcess(folder, arguments, process, new Uri(Address().Match(told).Value));
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    public async Task<JsonElement> GetAsync(string path) => await Client.GetFromJsonAsync<JsonElement>(path);

    public async Task<HttpStatusCode> StatusOfAsync(string path)
    {
        using HttpResponseMessage response = await Client.GetAsync(new Uri(path, UriKind.Relative));
        return response.StatusCode;
    }

    /// <summary>Completes once a run has ended as it should.</summary>
    public Task RunCompleted() => Eventually.Holds(async () =>
        (await GetAsync("/api/status")).GetProperty("run") is { ValueKind: JsonValueKind.Object } run
        && run.GetProperty("ending").GetString() == "completed");

    /// <summary>Posts a request to retry dead letters.</summary>
    public async Task<HttpResponseMessage> RetryAsync(string json, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/dead-letters/retry")
        {
            Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        foreach ((string name, string value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await Client.SendAsync(request);
    }

    /// <summary>The memory the process has of the system, in bytes: the median of a few looks.</summary>
    public async Task<long> MemoryAsync()
    {
        var looks = new List<long>();
        for (int i = 0; i < 9; i++)
        {
            looks.Add(_process.WorkingSet);
            await Task.Delay(TimeSpan.FromMilliseconds(500));
        }

        return looks.Order().ElementAt(looks.Count / 2);
    }

    /// <summary>The lines it has logged.</summary>
    public string[] Log => _process.Shown.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public int Id => _process.Id;

    /// <inheritdoc cref="EtlProcess.WorkingSet"/>
    public long WorkingSet => _process.WorkingSet;

    /// <inheritdoc cref="EtlProcess.ProcessorTime"/>
    public TimeSpan ProcessorTime => _process.ProcessorTime;

    public Task<string> Logged(string text) => _process.Logged(text);

    public void Signal(int signal) => _process.Signal(signal);

    public void Kill() => _process.Kill();

    public Task<EtlOutput> EndAsync() => _process.EndAsync();

    /// <summary>Ends the service as systemd does.</summary>
    public Task<EtlOutput> StopAsync()
    {
        Signal(EtlProcess.Terminate);
        return EndAsync();
    }

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.Dispose();
        return ValueTask.CompletedTask;
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}
